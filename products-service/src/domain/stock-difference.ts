/** Where the units of a product are: for sale, held by orders, gone with them. */
export interface StockCounters {
  available: number;
  reserved: number;
  sold: number;
}

/** A counter that is not the sum of its ledger. */
export interface StockDifference {
  productId: string;
  sku: string;
  counter: keyof StockCounters;
  /** What the product's row says. */
  counted: number;
  /** What the ledger's movements add up to. */
  ledger: number;
}

const COUNTERS = ['available', 'reserved', 'sold'] as const satisfies (keyof StockCounters)[];

/** The counters of one product that its ledger does not explain. */
export const differencesOf = (
  product: { id: string; sku: string },
  counted: StockCounters,
  ledger: StockCounters,
): StockDifference[] =>
  COUNTERS.filter((counter) => counted[counter] !== ledger[counter]).map((counter) => ({
    productId: product.id,
    sku: product.sku,
    counter,
    counted: counted[counter],
    ledger: ledger[counter],
  }));

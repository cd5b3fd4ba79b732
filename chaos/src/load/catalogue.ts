/** What is sold while things break. `restocked` is adjusted up and down all the time. */
export interface StockedProduct {
  sku: string;
  name: string;
  stock: number;
  restocked: boolean;
}

const product = (sku: string, name: string, stock: number, restocked = false): StockedProduct => ({
  sku,
  name,
  stock,
  restocked,
});

/** In plenty, so that most orders are confirmed. */
export const PLENTY = [product('MUG', 'Mug', 1_000_000), product('LAMP', 'Desk lamp', 1_000_000)] as const;

/** Many orders at once meet on it, and it is always about to run out. */
export const HOT = product('HOT', 'Concert ticket', 150, true);

/** Runs out early and comes back by cancellations only. */
export const RARE = product('RARE', 'Rare print', 80);

export const CATALOGUE: readonly StockedProduct[] = [...PLENTY, HOT, RARE];

export const PRICE = { amount: 1_250, currency: 'EUR' } as const;

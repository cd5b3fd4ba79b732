import { differencesOf, type StockCounters, type StockDifference } from '../domain/stock-difference.js';
import { type LedgerRow, type StockLedgerReader } from './ports.js';

export interface StockCheck {
  products: number;
  movements: number;
  /** Empty when every counter equals its ledger. */
  differences: StockDifference[];
}

/**
 * Holds the counters of every product against its ledger. As only restocks and write-offs may change what a product has
 * in all (a CHECK of the ledger), equal sums also mean: initial + restocked = available + reserved + sold.
 *
 * The ledger only grows, so its sums are kept, and a check after the first reads what has been added since, and on PostgreSQL once more what may not have been all by then. The first one
 * reads it all: about half a second per million movements.
 */
export class CheckStock {
  private readonly sums = new Map<string, StockCounters>();
  private position = 0;
  private movements = 0;
  private running: Promise<StockCheck> | undefined;

  constructor(private readonly ledger: StockLedgerReader) {}

  /** Calls at the same time share one check: two would add the same movements twice. */
  execute(): Promise<StockCheck> {
    this.running ??= this.check().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async check(): Promise<StockCheck> {
    const { products, movements, settledMovements, settled } = await this.ledger.readAfter(this.position);
    const all = this.movements + movements;
    this.position = settled;
    this.movements += settledMovements;
    const differences = products.flatMap((row) => differencesOf(row, row.counted, this.summed(row)));
    return { products: products.length, movements: all, differences };
  }

  private summed({ id, moved, settled }: LedgerRow): StockCounters {
    const before = this.sums.get(id) ?? { available: 0, reserved: 0, sold: 0 };
    this.sums.set(id, plus(before, settled));
    return plus(before, moved);
  }
}

const plus = (a: StockCounters, b: StockCounters): StockCounters => ({
  available: a.available + b.available,
  reserved: a.reserved + b.reserved,
  sold: a.sold + b.sold,
});

import Database from 'better-sqlite3';
import { becomesTrue } from '../processes/poll.js';
import { RunningSystem } from '../systems/system.js';

/** A count of all pending orders scans the table: often enough for the figure, seldom enough not to slow what it watches. */
const POLL_MS = 50;
const SETTLE_TIMEOUT_MS = 120_000;

/** What the system's own databases say about its orders, read beside the services. */
export class OrderBook {
  readonly #orders: Database.Database;
  readonly #products: Database.Database;
  readonly #unitsAtStart: number;

  /** Opened before the first order: what is gone from the stock later has been sold. */
  constructor(private readonly system: RunningSystem) {
    this.#orders = new Database(system.ordersDatabase, { readonly: true });
    this.#products = new Database(system.productsDatabase, { readonly: true });
    this.#unitsAtStart = this.#unitsLeft();
  }

  /** Waits until no order is PENDING; answers the moment in epoch milliseconds. */
  async settled(): Promise<number> {
    const nonePending = () => this.#withStatus('PENDING') === 0;
    await becomesTrue('all orders final', nonePending, { timeoutMs: SETTLE_TIMEOUT_MS, intervalMs: POLL_MS });
    return Date.now();
  }

  /** Every order that a client saw accepted is confirmed, and every confirmed order took its unit from the stock. Throws otherwise. */
  verify(accepted: number): void {
    const confirmed = this.#withStatus('CONFIRMED');
    const sold = this.#unitsAtStart - this.#unitsLeft();
    if (accepted === confirmed && confirmed === sold) return;
    throw new Error(`Inconsistent: ${accepted} orders accepted, ${confirmed} confirmed, ${sold} units sold.`);
  }

  close(): void {
    this.#orders.close();
    this.#products.close();
  }

  #withStatus(status: string): number {
    return Number(this.#orders.prepare('SELECT count(*) FROM orders WHERE status = ?').pluck().get(status));
  }

  #unitsLeft(): number {
    return Number(this.#products.prepare(this.system.unitsLeftQuery).pluck().get());
  }
}

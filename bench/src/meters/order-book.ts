import { WatchedDatabase, watchDatabase } from '../databases/watched-database.js';
import { becomesTrue } from '../processes/poll.js';
import { RunningSystem } from '../systems/system.js';

/** A count of all pending orders: often enough for the figure, seldom enough not to slow what it watches. */
const POLL_MS = 50;
const SETTLE_TIMEOUT_MS = 120_000;

const UNITS_LEFT = 'SELECT sum(available) FROM products';

/** What the system's own databases say about its orders, read beside the services. */
export class OrderBook {
  private constructor(
    private readonly orders: WatchedDatabase,
    private readonly products: WatchedDatabase,
    private readonly unitsAtStart: number,
  ) {}

  /** To be opened before the first order: what is gone from the stock later has been sold. */
  static async open({ ordersDatabase, productsDatabase }: RunningSystem): Promise<OrderBook> {
    const orders = await watchDatabase(ordersDatabase);
    const products = await watchDatabase(productsDatabase);
    return new OrderBook(orders, products, await products.number(UNITS_LEFT));
  }

  /** Waits until no order is PENDING; answers the moment in epoch milliseconds. */
  async settled(): Promise<number> {
    const nonePending = async () => (await this.#withStatus('PENDING')) === 0;
    await becomesTrue('all orders final', nonePending, { timeoutMs: SETTLE_TIMEOUT_MS, intervalMs: POLL_MS });
    return Date.now();
  }

  /** Every order that a client saw accepted is confirmed, and every confirmed order took its unit from the stock. Throws otherwise. */
  async verify(accepted: number): Promise<void> {
    const confirmed = await this.#withStatus('CONFIRMED');
    const sold = this.unitsAtStart - (await this.products.number(UNITS_LEFT));
    if (accepted === confirmed && confirmed === sold) return;
    throw new Error(`Inconsistent: ${accepted} orders accepted, ${confirmed} confirmed, ${sold} units sold.`);
  }

  /** What both databases take on disk. */
  async bytes(): Promise<number> {
    return (await this.orders.bytes()) + (await this.products.bytes());
  }

  async close(): Promise<void> {
    await this.orders.close();
    await this.products.close();
  }

  #withStatus(status: 'PENDING' | 'CONFIRMED'): Promise<number> {
    return this.orders.number(`SELECT count(*) FROM orders WHERE status = '${status}'`);
  }
}

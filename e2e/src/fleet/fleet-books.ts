import { type OrderStatus, type RejectionReason } from '@holdfast/contracts';
import { type TestPostgres } from '@holdfast/testing';
import { type StockCheck, stockCheckWith } from '../stock-check.js';

type Owner = 'orders' | 'products' | 'webhooks';
type Client = Awaited<ReturnType<TestPostgres['connect']>>;

export interface DecidedOrder {
  id: string;
  idempotencyKey: string;
  status: OrderStatus;
  rejectionReason: RejectionReason | null;
}

/** What the services of a fleet have committed to PostgreSQL, read past them. */
export class FleetBooks {
  private constructor(
    private readonly databases: Record<Owner, TestPostgres>,
    private readonly clients: Record<Owner, Client>,
  ) {}

  static async open(databases: Record<Owner, TestPostgres>): Promise<FleetBooks> {
    const [orders, products, webhooks] = await Promise.all([
      databases.orders.connect(),
      databases.products.connect(),
      databases.webhooks.connect(),
    ]);
    return new FleetBooks(databases, { orders, products, webhooks });
  }

  orders(): Promise<DecidedOrder[]> {
    return this.read(
      'orders',
      `SELECT id, idempotency_key AS "idempotencyKey", status, rejection_reason AS "rejectionReason"
       FROM orders ORDER BY id`,
    );
  }

  /** Units of confirmed orders, and units that are reserved: the same, or some were sold twice or not at all. */
  async units(): Promise<{ confirmed: number; reserved: number }> {
    const [sold] = await this.read<{ units: string }>(
      'orders',
      `SELECT coalesce(sum(quantity), 0) AS units
       FROM order_items JOIN orders ON orders.id = order_items.order_id WHERE status = 'CONFIRMED'`,
    );
    const [held] = await this.read<{ units: string }>(
      'products',
      'SELECT coalesce(sum(reserved), 0) AS units FROM products',
    );
    return { confirmed: Number(sold?.units), reserved: Number(held?.units) };
  }

  /** The ids of all events that go to the exchange, in the order of the log. */
  async eventIds(service: 'orders' | 'products'): Promise<string[]> {
    const commands = "('product.reserveStock', 'product.releaseStock')";
    const rows = await this.read<{ id: string }>(
      service,
      `SELECT id FROM events WHERE type NOT IN ${commands} ORDER BY position`,
    );
    return rows.map(({ id }) => id);
  }

  /** How often the stock of orders that are PENDING was asked for again: one number for each of them. */
  async asks(): Promise<number[]> {
    const rows = await this.read<{ asks: string }>('orders', "SELECT asks FROM orders WHERE status = 'PENDING'");
    return rows.map(({ asks }) => Number(asks));
  }

  /** Lets orders count as PENDING for too long. */
  async makeOverdue(): Promise<void> {
    await this.clients.orders.query("UPDATE orders SET ask_again_at = 0 WHERE status = 'PENDING'");
  }

  /** `npm run check:stock`. */
  checkStock(): Promise<StockCheck> {
    return stockCheckWith({ PRODUCTS_DATABASE_URL: this.databases.products.url });
  }

  private async read<Row extends object>(owner: Owner, sql: string): Promise<Row[]> {
    return (await this.clients[owner].query<Row>(sql)).rows;
  }
}

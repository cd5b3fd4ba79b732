import { join } from 'node:path';
import { type OrderStatus, type RejectionReason } from '@holdfast/contracts';
import Database from 'better-sqlite3';

export interface OrderRow {
  id: string;
  clientId: string;
  idempotencyKey: string;
  status: OrderStatus;
  rejectionReason: RejectionReason | null;
  totalAmount: number | null;
  /** Whether a cancelled order is known to hold no stock any more. */
  stockReleased: 0 | 1;
  version: number;
  updatedAt: number;
}

export interface ItemRow {
  orderId: string;
  /** The product's sku once it is sold, what the buyer wrote before. */
  sku: string;
  quantity: number;
  unitAmount: number | null;
}

export interface ProductRow {
  sku: string;
  available: number;
  reserved: number;
  sold: number;
  version: number;
}

export interface ReservationRow {
  orderId: string;
  status: 'RESERVED' | 'REFUSED' | 'RELEASED';
}

/** What an order holds of all products by the ledger, and what it was ever given. */
export interface HoldingRow {
  orderId: string;
  held: number;
  taken: number;
}

export interface EventRow {
  id: string;
  streamId: string;
  version: number;
  type: string;
}

type Service = 'orders' | 'products' | 'webhooks';

/** What the services have committed: their databases, read past them. */
export class Books {
  constructor(private readonly dataDir: string) {}

  orders(): OrderRow[] {
    return this.read(
      'orders',
      `SELECT id, client_id AS clientId, idempotency_key AS idempotencyKey, status, rejection_reason AS rejectionReason,
         total_amount AS totalAmount, stock_released_at IS NOT NULL AS stockReleased, version, updated_at AS updatedAt
       FROM orders ORDER BY id`,
    );
  }

  items(): ItemRow[] {
    return this.read(
      'orders',
      `SELECT order_id AS orderId, coalesce(sku, product_id) AS sku, quantity, unit_amount AS unitAmount
       FROM order_items ORDER BY order_id, line`,
    );
  }

  products(): ProductRow[] {
    return this.read('products', 'SELECT sku, available, reserved, sold, version FROM products ORDER BY sku');
  }

  reservations(): ReservationRow[] {
    return this.read('products', 'SELECT order_id AS orderId, status FROM reservations ORDER BY order_id');
  }

  holdings(): HoldingRow[] {
    return this.read(
      'products',
      `SELECT order_id AS orderId, sum(reserved_delta) AS held, sum(max(reserved_delta, 0)) AS taken
       FROM stock_movements WHERE order_id IS NOT NULL GROUP BY order_id`,
    );
  }

  events(service: Service): EventRow[] {
    return this.read(service, 'SELECT id, stream_id AS streamId, version, type FROM events ORDER BY position');
  }

  /** Of all streams, what one request set in motion. */
  eventsCorrelatedWith(service: Service, correlationId: string): EventRow[] {
    return this.read(
      service,
      `SELECT id, stream_id AS streamId, version, type FROM events
       WHERE json_extract(metadata, '$.correlationId') = '${correlationId}' ORDER BY position`,
    );
  }

  /** What webhook-publisher keeps events of this type about, oldest first. */
  subjects(type: string): string[] {
    const sql = `SELECT subject FROM payloads WHERE type = '${type}' ORDER BY occurred_at`;
    return this.read<{ subject: string }>('webhooks', sql).map(({ subject }) => subject);
  }

  ordersThatAre(status: OrderStatus): number {
    return this.count('orders', `SELECT count(*) AS n FROM orders WHERE status = '${status}'`);
  }

  /** Orders that are cancelled and whose stock is not known to be given back. */
  unreleased(): number {
    return this.count(
      'orders',
      "SELECT count(*) AS n FROM orders WHERE status = 'CANCELLED' AND stock_released_at IS NULL",
    );
  }

  /** Events that the relay has not noted as published, and those that are to be published again. */
  unpublished(service: Service): number {
    const waiting = 'SELECT count(*) AS n FROM events WHERE position > (SELECT position FROM relay_position)';
    return this.count(service, waiting) + this.count(service, 'SELECT count(*) AS n FROM republications');
  }

  /** Replays of a webhook's deliveries that are not worked off yet. */
  replays(): number {
    return this.count('webhooks', 'SELECT count(*) AS n FROM replays');
  }

  /** Everything that a repeated message could change. */
  everything(): object {
    return {
      orders: this.orders(),
      items: this.items(),
      products: this.products(),
      reservations: this.reservations(),
      holdings: this.holdings(),
      orderEvents: this.events('orders'),
      productEvents: this.events('products'),
    };
  }

  private count(service: Service, sql: string): number {
    return this.read<{ n: number }>(service, sql)[0]?.n ?? 0;
  }

  /** Opens and closes each time: an open reader would keep the log of a service from being checkpointed. */
  private read<Row>(service: Service, sql: string): Row[] {
    const database = new Database(join(this.dataDir, `${service}.db`), { readonly: true });
    try {
      return database.prepare<[], Row>(sql).all();
    } finally {
      database.close();
    }
  }
}

import { type Databases, type Owner } from '../stand/databases.js';
import { type DatabaseReader, openReader } from './database-reader.js';

export type OrderStatus = 'PENDING' | 'CONFIRMED' | 'REJECTED' | 'CANCELLED';

export interface OrderRow {
  id: string;
  idempotencyKey: string;
  status: OrderStatus;
  /** 1 when a cancelled order is known to hold no stock any more. */
  stockReleased: 0 | 1;
  version: number;
}

export interface ItemRow {
  orderId: string;
  /** Its sku; what the buyer wrote where no product is called so. */
  product: string;
  quantity: number;
}

export interface ProductRow {
  id: string;
  sku: string;
  available: number;
  reserved: number;
  sold: number;
}

/** Sums of the ledger: of a product, or of an order's movements. */
export interface LedgerRow {
  id: string;
  available: number;
  reserved: number;
  sold: number;
  /** Movements by which units entered or left the stock: initial, restock, write-off. */
  entered: number;
  /** How many of these were adjustments. */
  adjusted: number;
}

/** What the ledger says of an order and a product. */
export interface HoldingRow {
  orderId: string;
  /** Its sku. */
  product: string;
  held: number;
  /** Units that it was ever given. */
  taken: number;
}

export interface ReservationRow {
  orderId: string;
  status: 'RESERVED' | 'REFUSED' | 'RELEASED';
}

export interface EventRow {
  id: string;
  streamId: string;
  version: number;
  type: string;
}

export interface DeliveryRow {
  webhookId: string;
  eventId: string;
  subject: string;
  status: 'waiting' | 'pending' | 'delivered' | 'dead' | 'failed';
}

/** What the services have committed, of one moment each. */
export interface Books {
  orders: OrderRow[];
  items: ItemRow[];
  products: ProductRow[];
  ledger: LedgerRow[];
  holdings: HoldingRow[];
  reservations: ReservationRow[];
  /** Keys of the adjustments that were made. */
  adjustments: { idempotencyKey: string }[];
  orderEvents: EventRow[];
  productEvents: EventRow[];
  webhookEvents: EventRow[];
  deliveries: DeliveryRow[];
  /** Work that the databases say is left. */
  unpublished: number;
}

const EVENTS = `SELECT id, stream_id AS "streamId", version, type FROM events ORDER BY position`;

const UNPUBLISHED = `
  SELECT (SELECT count(*) FROM events WHERE position > (SELECT position FROM relay_position))
    + (SELECT count(*) FROM republications) AS n`;

const count = async (reader: DatabaseReader, sql: string): Promise<number> =>
  (await reader.all<{ n: number }>(sql))[0]?.n ?? 0;

/** Reads everything. A few thousand orders take some tens of milliseconds. */
export async function readBooks(databases: Databases): Promise<Books> {
  const orders = await lent(databases, 'orders', async (reader) => ({
    orders: await reader.all<OrderRow>(`
      SELECT id, idempotency_key AS "idempotencyKey", status, version,
        CASE WHEN stock_released_at IS NULL THEN 0 ELSE 1 END AS "stockReleased" FROM orders`),
    items: await reader.all<ItemRow>('SELECT order_id AS "orderId", product_id AS product, quantity FROM order_items'),
    orderEvents: await reader.all<EventRow>(EVENTS),
    unpublished: await count(reader, UNPUBLISHED),
  }));
  const products = await lent(databases, 'products', async (reader) => ({
    products: await reader.all<ProductRow>('SELECT id, sku, available, reserved, sold FROM products'),
    ledger: await reader.all<LedgerRow>(`
      SELECT product_id AS id, sum(available_delta) AS available, sum(reserved_delta) AS reserved, sum(sold_delta) AS sold,
        sum(CASE WHEN kind IN ('initial', 'restock', 'write-off') THEN available_delta ELSE 0 END) AS entered,
        sum(CASE WHEN kind IN ('restock', 'write-off') THEN 1 ELSE 0 END) AS adjusted
      FROM stock_movements GROUP BY product_id`),
    holdings: await reader.all<HoldingRow>(`
      SELECT order_id AS "orderId", sku AS product, sum(reserved_delta) AS held,
        sum(CASE WHEN reserved_delta > 0 THEN reserved_delta ELSE 0 END) AS taken
      FROM stock_movements JOIN products ON products.id = product_id
      WHERE order_id IS NOT NULL GROUP BY order_id, sku`),
    reservations: await reader.all<ReservationRow>('SELECT order_id AS "orderId", status FROM reservations'),
    adjustments: await reader.all<Books['adjustments'][number]>(`
      SELECT idempotency_key AS "idempotencyKey" FROM adjustment_requests
      WHERE idempotency_key IS NOT NULL AND movement_position IS NOT NULL`),
    productEvents: await reader.all<EventRow>(EVENTS),
    unpublished: await count(reader, UNPUBLISHED),
  }));
  const webhooks = await lent(databases, 'webhooks', async (reader) => ({
    deliveries: await reader.all<DeliveryRow>(
      'SELECT subscription_id AS "webhookId", event_id AS "eventId", subject, status FROM deliveries',
    ),
    webhookEvents: await reader.all<EventRow>(EVENTS),
    unpublished: await count(reader, UNPUBLISHED),
  }));
  const unpublished = orders.unpublished + products.unpublished + webhooks.unpublished;
  return { ...orders, items: bySku(orders.items, products.products), ...products, ...webhooks, unpublished };
}

/** An order that is sold has the ids of its products in the place of what the buyer wrote. */
function bySku(items: readonly ItemRow[], products: readonly ProductRow[]): ItemRow[] {
  const skus = new Map(products.map(({ id, sku }) => [id, sku]));
  return items.map((item) => ({ ...item, product: skus.get(item.product) ?? item.product }));
}

/** What is still to be done by the databases; all 0 when the system has come to rest. */
export async function readUnfinished(databases: Databases): Promise<Record<string, number>> {
  const unpublished = (reader: DatabaseReader) => count(reader, UNPUBLISHED);
  const orders = await lent(databases, 'orders', async (reader) => ({
    'orders PENDING': await count(reader, `SELECT count(*) AS n FROM orders WHERE status = 'PENDING'`),
    'cancelled orders with stock': await count(
      reader,
      `SELECT count(*) AS n FROM orders WHERE status = 'CANCELLED' AND stock_released_at IS NULL`,
    ),
    'events of orders to publish': await unpublished(reader),
  }));
  const products = await lent(databases, 'products', async (reader) => ({
    'events of products to publish': await unpublished(reader),
  }));
  const webhooks = await lent(databases, 'webhooks', async (reader) => ({
    'deliveries to send': await count(
      reader,
      `SELECT count(*) AS n FROM deliveries WHERE status IN ('waiting', 'pending')
        AND subscription_id IN (SELECT id FROM subscriptions WHERE enabled = 1)`,
    ),
    'events of webhooks to publish': await unpublished(reader),
  }));
  return { ...orders, ...products, ...webhooks };
}

/** Opened and closed each time: an open reader would keep a log from being checkpointed. */
async function lent<T>(databases: Databases, owner: Owner, read: (reader: DatabaseReader) => Promise<T>): Promise<T> {
  const reader = await openReader(databases.locationOf(owner));
  try {
    return await read(reader);
  } finally {
    await reader.close();
  }
}

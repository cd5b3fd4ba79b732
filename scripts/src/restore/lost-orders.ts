import { type CreateOrder, type OrderCreated, type StockReserved } from '@holdfast/contracts';
import { type Queries } from '@holdfast/platform';
import { type Statuses } from './compare.js';

/** An order that others know of, and the request that it was made by. */
export interface LostOrder {
  id: string;
  request: CreateOrder;
}

const CREATED = "SELECT event_id AS event, subject FROM payloads WHERE type = 'order.created' ORDER BY occurred_at";
const PAYLOAD = 'SELECT data FROM payloads WHERE event_id = ?';
const OUTCOME = "SELECT payload AS data FROM events WHERE stream_id = ? AND type = 'product.stockReserved'";

const SUBJECT = /^order\//;

/**
 * Orders that webhook-publisher keeps events of, or that hold stock, and that orders-service does not have, oldest first. Of
 * those that only hold stock the reference is lost, and lines name products by sku, however the buyer did.
 */
export async function lostOrders(
  orders: Statuses,
  reservations: Statuses,
  { products, webhooks }: { products: Queries; webhooks: Queries },
): Promise<LostOrder[]> {
  const events = await webhooks.all<{ event: string; subject: string }>(CREATED);
  const told = new Map(events.map(({ event, subject }) => [subject.replace(SUBJECT, ''), event]));
  const lost: LostOrder[] = [];
  for (const [id, event] of told) {
    if (orders.has(id)) continue;
    const data = await dataIn<OrderCreated>(webhooks, PAYLOAD, event);
    if (data) lost.push({ id, request: requestOf(data) });
  }
  for (const [id, status] of reservations) {
    if (orders.has(id) || told.has(id) || status === 'REFUSED') continue;
    const data = await dataIn<StockReserved>(products, OUTCOME, `reservation/${id}`);
    if (data?.reserved) lost.push({ id, request: requestOf({ ...data, items: bySku(data.items), reference: null }) });
  }
  return lost;
}

async function dataIn<Data>(queries: Queries, sql: string, key: string): Promise<Data | undefined> {
  const [row] = await queries.all<{ data: string }>(sql, [key]);
  return row && (JSON.parse(row.data) as Data);
}

/** As the gateway has sent it: with the client's own key, where there was one, and not with the one that travels. */
export function requestOf({
  orderId,
  clientId,
  idempotencyKey: travelling,
  items,
  reference,
}: Pick<OrderCreated, 'orderId' | 'clientId' | 'idempotencyKey' | 'items' | 'reference'>): CreateOrder {
  const idempotencyKey = travelling.slice(clientId.length + 1);
  return {
    clientId,
    items,
    ...(travelling !== orderId && { idempotencyKey }),
    ...(reference !== null && { reference }),
  };
}

const bySku = (items: readonly { sku: string; quantity: number }[]): CreateOrder['items'] =>
  items.map(({ sku, quantity }) => ({ productId: sku, quantity }));

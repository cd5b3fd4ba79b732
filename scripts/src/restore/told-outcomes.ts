import { type RejectionReason, type SoldLine } from '@holdfast/contracts';
import { type Queries } from '@holdfast/platform';
import { ordersIn, type Statuses } from './compare.js';

interface OrderRow {
  clientId: string;
  idempotencyKey: string;
  totalAmount: number;
  currency: string;
  reason: RejectionReason;
  detail: string;
  updatedAt: number;
}

interface LineRow {
  productId: string;
  quantity: number;
  sku: string | null;
  name: string | null;
  amount: number | null;
  currency: string | null;
}

const ORDER = `
  SELECT client_id AS "clientId", idempotency_key AS "idempotencyKey", total_amount AS "totalAmount", currency,
    rejection_reason AS reason, rejection_detail AS detail, updated_at AS "updatedAt"
  FROM orders WHERE id = ?`;
const LINES = `
  SELECT product_id AS "productId", quantity, sku, name, unit_amount AS amount, currency
  FROM order_items WHERE order_id = ? ORDER BY line`;

/**
 * What products-service has said of orders and does not know any more, as the events that said so, each a line of JSON.
 * What was given back comes first: others may have got it since.
 */
export async function toldOutcomes(orders: Queries, reservations: Statuses): Promise<string[]> {
  const all = [...(await ordersIn(orders))];
  const released = all.filter(([id, status]) => status === 'CANCELLED' && isHeldOrUnknown(reservations.get(id)));
  const decided = all.filter(([id, status]) => isDecided(status) && !reservations.has(id));
  const lines: string[] = [];
  for (const [id, status] of [...released, ...decided]) lines.push(JSON.stringify(await eventOf(orders, id, status)));
  return lines;
}

const isHeldOrUnknown = (reservation: string | undefined): boolean =>
  reservation === undefined || reservation === 'RESERVED';

const isDecided = (status: string): boolean => status === 'CONFIRMED' || status === 'REJECTED';

async function eventOf(orders: Queries, orderId: string, status: string): Promise<object> {
  const [order] = await orders.all<OrderRow>(ORDER, [orderId]);
  if (!order) throw new Error(`order ${orderId} was there and is gone`);
  const { clientId, idempotencyKey, reason, detail, totalAmount: amount, currency } = order;
  const about = { orderId, clientId, idempotencyKey };
  if (status === 'REJECTED') {
    return { pattern: 'product.stockReserved', data: { ...about, reserved: false, reason, detail: detail ?? '' } };
  }
  const items = (await orders.all<LineRow>(LINES, [orderId])).flatMap(soldLine);
  if (status === 'CONFIRMED') {
    return { pattern: 'product.stockReserved', data: { ...about, reserved: true, items, total: { amount, currency } } };
  }
  const releasedAt = new Date(order.updatedAt).toISOString();
  return { pattern: 'product.stockReleased', data: { ...about, items: summed(items), releasedAt } };
}

/** None where the order was cancelled before it was confirmed: it never held anything. */
const soldLine = ({ productId, quantity, sku, name, amount, currency }: LineRow): SoldLine[] =>
  sku === null || name === null || amount === null || currency === null
    ? []
    : [{ productId, quantity, sku, name, unitPrice: { amount, currency } }];

/** One line a product, as a release has them. */
function summed(items: readonly SoldLine[]): { productId: string; sku: string; quantity: number }[] {
  const byProduct = new Map<string, { productId: string; sku: string; quantity: number }>();
  for (const { productId, sku, quantity } of items) {
    const line = byProduct.get(productId) ?? { productId, sku, quantity: 0 };
    byProduct.set(productId, { ...line, quantity: line.quantity + quantity });
  }
  return [...byProduct.values()];
}

import { type OrderLine, type OrderStatus, type RejectionReason, type SoldLine } from '@holdfast/contracts';
import { type Order } from '../domain/order.js';

/** A row of `orders`, columns in camel case. */
export interface OrderRow {
  id: string;
  clientId: string;
  idempotencyKey: string;
  status: OrderStatus;
  reference: string | null;
  totalAmount: number | null;
  currency: string | null;
  rejectionReason: RejectionReason | null;
  rejectionDetail: string | null;
  cancelledBy: string | null;
  createdAt: number;
  updatedAt: number;
  version: number;
}

/** A row of `order_items`. */
export interface OrderItemRow {
  productId: string;
  quantity: number;
  sku: string | null;
  name: string | null;
  unitAmount: number | null;
  currency: string | null;
}

/** A line with all that is known of its order. */
export type OrderWithLine = OrderRow & Omit<OrderItemRow, 'currency'> & { lineCurrency: string | null };

/** One statement, so that an order and its lines are of one moment. `o` are the orders, `i` their lines. */
export const ORDERS_WITH_LINES = `
  SELECT o.id, o.client_id AS "clientId", o.idempotency_key AS "idempotencyKey", o.status, o.reference,
    o.total_amount AS "totalAmount", o.currency, o.rejection_reason AS "rejectionReason",
    o.rejection_detail AS "rejectionDetail", o.cancelled_by AS "cancelledBy", o.created_at AS "createdAt",
    o.updated_at AS "updatedAt", o.version, i.product_id AS "productId", i.quantity, i.sku, i.name,
    i.unit_amount AS "unitAmount", i.currency AS "lineCurrency"
  FROM orders o JOIN order_items i ON i.order_id = o.id`;

/** The orders of rows that are sorted by order and line. */
export function ordersIn(rows: readonly OrderWithLine[]): Order[] {
  const byOrder = new Map<string, OrderWithLine[]>();
  for (const row of rows) {
    const lines = byOrder.get(row.id);
    if (lines) lines.push(row);
    else byOrder.set(row.id, [row]);
  }
  return [...byOrder.values()].flatMap((lines) => {
    const items = lines.map((line) => ({ ...line, currency: line.lineCurrency }));
    return lines.slice(0, 1).map((row) => orderOf(row, items));
  });
}

/** The order that its rows hold; items in the order of their lines. */
export function orderOf(row: OrderRow, items: readonly OrderItemRow[]): Order {
  const { id, clientId, idempotencyKey, status, reference, cancelledBy, createdAt, updatedAt, version } = row;
  const { totalAmount, currency, rejectionReason, rejectionDetail } = row;
  return {
    ...{ id, clientId, idempotencyKey, status, reference, cancelledBy, createdAt, updatedAt, version },
    total: totalAmount !== null && currency !== null ? { amount: totalAmount, currency } : null,
    rejection: rejectionReason !== null ? { reason: rejectionReason, detail: rejectionDetail ?? '' } : null,
    lines: items.map(lineOf),
  };
}

function lineOf({ productId, quantity, sku, name, unitAmount, currency }: OrderItemRow): OrderLine | SoldLine {
  if (sku === null || name === null || unitAmount === null || currency === null) return { productId, quantity };
  return { productId, quantity, sku, name, unitPrice: { amount: unitAmount, currency } };
}

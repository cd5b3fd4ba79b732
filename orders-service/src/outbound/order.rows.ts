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

import { createHash } from 'node:crypto';
import {
  type CreateOrder,
  isUuid,
  type Money,
  type OrderLine,
  type OrderStatus,
  type OrderView,
  type RejectionReason,
  type SoldLine,
} from '@holdfast/contracts';

export interface Order {
  id: string;
  clientId: string;
  /** The key that travels in every message of this order. */
  idempotencyKey: string;
  status: OrderStatus;
  lines: readonly (OrderLine | SoldLine)[];
  reference: string | null;
  total: Money | null;
  rejection: { reason: RejectionReason; detail: string } | null;
  /** Id of the request that cancelled it. */
  cancelledBy: string | null;
  /** Unix milliseconds. */
  createdAt: number;
  updatedAt: number;
  version: number;
}

/**
 * A new order. Its id is the id of the request that asked for it: however often that request is delivered, it meets its
 * own primary key. A request published by hand may have an id that is no UUID; a UUIDv8 is made from it.
 */
export function newOrder(request: CreateOrder, requestId: string, now: number): Order {
  const id = isUuid(requestId) ? requestId.toLowerCase() : uuidOf(requestId);
  return {
    id,
    clientId: request.clientId,
    // Two clients may choose the same key.
    idempotencyKey: request.idempotencyKey === undefined ? id : `${request.clientId}:${request.idempotencyKey}`,
    status: 'PENDING',
    lines: request.items,
    reference: request.reference ?? null,
    total: null,
    rejection: null,
    cancelledBy: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

/** Tells whether two requests with the same key are the same request. */
export function fingerprintOf(request: CreateOrder): string {
  const lines = request.items.map(({ productId, quantity }) => [productId, quantity]);
  return createHash('sha256')
    .update(JSON.stringify([lines, request.reference ?? null]))
    .digest('base64url');
}

/** The order as callers see it. */
export function viewOf(order: Order): OrderView {
  return {
    id: order.id,
    clientId: order.clientId,
    status: order.status,
    items: order.lines.map((line) => ({
      productId: line.productId,
      quantity: line.quantity,
      sku: 'sku' in line ? line.sku : null,
      name: 'name' in line ? line.name : null,
      unitPrice: 'unitPrice' in line ? line.unitPrice : null,
    })),
    total: order.total,
    reference: order.reference,
    rejectionReason: order.rejection?.reason ?? null,
    rejectionDetail: order.rejection?.detail ?? null,
    createdAt: new Date(order.createdAt).toISOString(),
    updatedAt: new Date(order.updatedAt).toISOString(),
    version: order.version,
  };
}

/** RFC 9562, section 5.8: a UUID whose bits are ours to choose, here those of a hash. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

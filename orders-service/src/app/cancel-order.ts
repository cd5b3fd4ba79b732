import {
  accepted,
  type CancelOrder as CancelOrderRequest,
  type OrderView,
  type Reply,
  refused,
} from '@holdfast/contracts';
import { appendEvents, type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { cancelled, judgeCancellation } from '../domain/cancellation.js';
import { type Order, viewOf } from '../domain/order.js';
import { type OrderRepository } from './ports.js';
import { FIRST_ASK_MS } from './reask-schedule.js';

/**
 * Cancels an order and asks for its stock to be given back, in the caller's transaction. An order that is still PENDING is
 * cancelled too: whichever of the two commands reaches products-service first, it holds nothing in the end.
 */
export class CancelOrder {
  constructor(private readonly orders: OrderRepository) {}

  /** @returns the order, or ORDER_NOT_FOUND, ORDER_NOT_CANCELLABLE or VERSION_MISMATCH. */
  async execute(tx: Transaction, request: CancelOrderRequest, origin: MessageOrigin): Promise<Reply<OrderView>> {
    const found = await this.orders.lock(tx, request.orderId);
    const verdict = judgeCancellation(found, request);
    if (verdict.kind === 'refused') return refused(verdict.refusal.code, verdict.refusal.detail);
    if (verdict.kind === 'cancelled-already') return accepted(viewOf(verdict.order));
    const order = cancelled(verdict.order, origin.messageId, Date.now());
    await this.orders.cancel(tx, order, order.updatedAt + FIRST_ASK_MS);
    await this.append(tx, verdict.order, order, origin);
    return accepted(viewOf(order));
  }

  private async append(tx: Transaction, before: Order, order: Order, origin: MessageOrigin): Promise<void> {
    const { id: orderId, clientId, idempotencyKey, reference, total } = order;
    const cause = { ...origin, correlationId: orderId };
    const { items } = viewOf(order);
    const previousStatus = before.status === 'CONFIRMED' ? ('CONFIRMED' as const) : ('PENDING' as const);
    const cancelledAt = new Date(order.updatedAt).toISOString();
    const told = { orderId, clientId, idempotencyKey, reference, previousStatus, items, total, cancelledAt };
    await appendEvents(
      tx,
      `order/${orderId}`,
      [
        { type: 'order.cancelled', data: { ...told, status: 'CANCELLED' } },
        { type: 'product.releaseStock', data: { orderId, clientId, idempotencyKey } },
      ],
      cause,
    );
  }
}

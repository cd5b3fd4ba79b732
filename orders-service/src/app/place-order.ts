import { accepted, type CreateOrder, type OrderPlaced, type Reply, refused } from '@holdfast/contracts';
import { appendEvent, type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { fingerprintOf, newOrder, type Order, viewOf } from '../domain/order.js';
import { type OrderRepository } from './ports.js';
import { FIRST_ASK_MS } from './reask-schedule.js';

/**
 * Stores an order as PENDING and asks for its stock, in the caller's transaction. The same request again, known by its
 * idempotency key or by its own id, gets the stored answer.
 */
export class PlaceOrder {
  constructor(private readonly orders: OrderRepository) {}

  async execute(tx: Transaction, request: CreateOrder, origin: MessageOrigin): Promise<Reply<OrderPlaced>> {
    const order = newOrder(request, origin.messageId, Date.now());
    const earlier = await this.earlierAnswer(tx, request, order);
    if (earlier) return earlier;
    if (!(await this.orders.insert(tx, order, order.createdAt + FIRST_ASK_MS))) return this.stored(tx, order);
    await this.append(tx, order, request, origin);
    const view = viewOf(order);
    if (request.idempotencyKey !== undefined) {
      const answer = { fingerprint: fingerprintOf(request), orderId: order.id, answer: view };
      await this.orders.storeAnswer(tx, request.clientId, request.idempotencyKey, answer);
    }
    return accepted({ order: view, replayed: false });
  }

  private async earlierAnswer(
    tx: Transaction,
    request: CreateOrder,
    order: Order,
  ): Promise<Reply<OrderPlaced> | undefined> {
    if (request.idempotencyKey === undefined) return undefined;
    const stored = await this.orders.findAnswer(tx, request.clientId, request.idempotencyKey);
    if (!stored) return undefined;
    if (stored.fingerprint !== fingerprintOf(request)) {
      return refused('IDEMPOTENCY_KEY_REUSED', 'This key was used for an order with other lines or another reference.');
    }
    return accepted({ order: stored.answer, replayed: stored.orderId !== order.id });
  }

  private async stored(tx: Transaction, { id, clientId }: Order): Promise<Reply<OrderPlaced>> {
    const order = await this.orders.find(tx, id);
    if (!order) throw new Error(`order ${id} was there and is gone`);
    // Only by hand can another client's request have the same id.
    if (order.clientId !== clientId) return refused('ORDER_NOT_FOUND', `There is no order ${id}.`);
    return accepted({ order: viewOf(order), replayed: false });
  }

  private async append(tx: Transaction, order: Order, request: CreateOrder, origin: MessageOrigin): Promise<void> {
    const streamId = `order/${order.id}`;
    const { id: orderId, clientId, idempotencyKey, reference } = order;
    const { items } = request;
    const createdAt = new Date(order.createdAt).toISOString();
    await appendEvent(
      tx,
      {
        streamId,
        type: 'order.created',
        data: { orderId, clientId, idempotencyKey, reference, status: 'PENDING', items, createdAt },
      },
      origin,
    );
    await appendEvent(
      tx,
      { streamId, type: 'product.reserveStock', data: { orderId, clientId, idempotencyKey, items } },
      origin,
    );
  }
}

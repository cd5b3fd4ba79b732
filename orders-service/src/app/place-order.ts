import { accepted, type CreateOrder, type OrderPlaced, type OrderView, type Reply, refused } from '@holdfast/contracts';
import { appendEvents, type MessageOrigin } from '@holdfast/messaging';
import { LostRaceError, PermanentError, type Transaction } from '@holdfast/platform';
import { fingerprintOf, newOrder, type Order, viewOf } from '../domain/order.js';
import { type OrderRepository } from './ports.js';
import { FIRST_ASK_MS } from './reask-schedule.js';

const HOUR_MS = 3_600_000;

/**
 * Stores an order as PENDING and asks for its stock, in the caller's transaction. The same request again, known by its
 * idempotency key or by its own id, gets the stored answer.
 */
export class PlaceOrder {
  private readonly takenForMs: number;

  /** @param keptHours for how long idempotency keys are kept. */
  constructor(
    private readonly orders: OrderRepository,
    keptHours: number,
  ) {
    // Half: a request that repeats another may itself be this much younger than the key that it repeats.
    this.takenForMs = (keptHours / 2) * HOUR_MS;
  }

  async execute(tx: Transaction, request: CreateOrder, origin: MessageOrigin): Promise<Reply<OrderPlaced>> {
    const order = newOrder(request, origin.messageId, Date.now());
    const earlier = await this.earlierAnswer(tx, request, order);
    if (earlier) return earlier;
    await this.refuseIfTooOld(tx, request, order, origin);
    if (!(await this.orders.insert(tx, order, order.createdAt + FIRST_ASK_MS))) {
      // The same request, delivered twice, may have been under way elsewhere; it is done now.
      return (await this.earlierAnswer(tx, request, order)) ?? this.stored(tx, order);
    }
    const view = viewOf(order);
    await this.storeAnswer(tx, request, view);
    await this.append(tx, order, request, origin);
    return accepted({ order: view, replayed: false });
  }

  /**
   * Whatever has kept it for so long, dead letters most of all: its key may be forgotten by now, and what its client has
   * ordered since under that key would be ordered twice.
   */
  private async refuseIfTooOld(
    tx: Transaction,
    { idempotencyKey }: CreateOrder,
    { id, createdAt }: Order,
    { occurredAt }: MessageOrigin,
  ): Promise<void> {
    const ageMs = createdAt - occurredAt;
    if (idempotencyKey === undefined || ageMs < this.takenForMs || (await this.orders.find(tx, id))) return;
    throw new PermanentError(
      'REQUEST_TOO_OLD',
      `the request was made ${Math.floor(ageMs / HOUR_MS)} hours ago, and its idempotency key may be forgotten: ` +
        'discard it, and have its client ask again if the order is still wanted',
    );
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

  private async storeAnswer(tx: Transaction, request: CreateOrder, answer: OrderView): Promise<void> {
    const { clientId, idempotencyKey } = request;
    if (idempotencyKey === undefined) return;
    const stored = { fingerprint: fingerprintOf(request), orderId: answer.id, answer };
    if (await this.orders.storeAnswer(tx, clientId, idempotencyKey, stored)) return;
    throw new LostRaceError(`the answer to the request that order ${answer.id} is for`);
  }

  private async stored(tx: Transaction, { id, clientId }: Order): Promise<Reply<OrderPlaced>> {
    const order = await this.orders.find(tx, id);
    if (!order) throw new Error(`order ${id} was there and is gone`);
    // Only by hand can another client's request have the same id.
    if (order.clientId !== clientId) return refused('ORDER_NOT_FOUND', `There is no order ${id}.`);
    return accepted({ order: viewOf(order), replayed: false });
  }

  private append(tx: Transaction, order: Order, request: CreateOrder, origin: MessageOrigin): Promise<void> {
    const { id: orderId, clientId, idempotencyKey, reference } = order;
    const { items } = request;
    const createdAt = new Date(order.createdAt).toISOString();
    return appendEvents(
      tx,
      `order/${orderId}`,
      [
        {
          type: 'order.created',
          data: { orderId, clientId, idempotencyKey, reference, status: 'PENDING', items, createdAt },
        },
        { type: 'product.reserveStock', data: { orderId, clientId, idempotencyKey, items } },
      ],
      origin,
    );
  }
}

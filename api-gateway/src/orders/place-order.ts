import { type CreateOrder, newId, type OrderPlaced, type OrderView } from '@holdfast/contracts';
import { type Logger, messageOf } from '@holdfast/platform';
import { type Backend, type Origin } from '../backend.js';
import { type FinalOrderEvents } from './final-order-events.js';
import { type OrderWaiters } from './order-waiters.js';

/** How long a caller would rather wait for a final answer, and whether it is still there. */
export interface Patience {
  waitS: number;
  /** Aborted when the caller is gone. */
  gone: AbortSignal;
}

/** Places orders, and waits until they are final for callers who prefer that. */
export class PlaceOrder {
  constructor(
    private readonly backend: Pick<Backend, 'ask'>,
    private readonly waiters: OrderWaiters,
    private readonly events: Pick<FinalOrderEvents, 'listen' | 'rest'>,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  /** @throws ProblemError as {@link Backend.ask} does. */
  now(order: CreateOrder, origin: Origin): Promise<OrderPlaced> {
    return this.backend.ask('orders.create', order, origin);
  }

  /**
   * Places an order and answers when it is final, or with what it is when the caller's patience ends. `waited` is false
   * where too many wait already, and the answer is that of {@link now}.
   *
   * @throws ProblemError as {@link Backend.ask} does, as long as the order is not placed; afterwards nothing is.
   */
  async final(
    order: CreateOrder,
    origin: Origin,
    { waitS, gone }: Patience,
  ): Promise<OrderPlaced & { waited: boolean }> {
    const waiter = this.waiters.enter(origin.requestId, waitS * 1000, gone);
    if (!waiter) return { ...(await this.now(order, origin)), waited: false };
    try {
      // The broker may begin to block publishers right now, and answer no binding until it stops.
      await Promise.race([this.events.listen(), waiter.woken]);
      const placed = await this.now(order, origin);
      let current = placed.order;
      if (current.id !== origin.requestId) {
        // The stored answer of an earlier request. The order may have become final before we watch it, so look once.
        waiter.watch(current.id);
        current = await this.read(current, order.clientId);
      }
      if (current.status === 'PENDING') {
        await waiter.woken;
        if (!gone.aborted) current = await this.read(current, order.clientId);
      }
      return { order: current, replayed: placed.replayed, waited: true };
    } finally {
      waiter.leave();
      this.events.rest();
    }
  }

  /** The order as it is now, or as it was last seen: it is placed, and no failure to read it makes that an error. */
  private async read(known: OrderView, clientId: string): Promise<OrderView> {
    // As the client whose order it is, whatever else whoever placed it may see.
    const caller = { role: 'client', clientId } as const;
    try {
      return await this.backend.ask('orders.get', { caller, orderId: known.id }, { requestId: newId() });
    } catch (error) {
      this.logger.warn(
        { orderId: known.id, reason: messageOf(error) },
        'could not read an order that a caller waits for',
      );
      return known;
    }
  }
}

import { accepted, type OfOrderTimeline, type Reply, type StockReserved, type TimelinePart } from '@holdfast/contracts';
import { type StreamEvent } from '@holdfast/messaging';
import { type ReservationHistory } from './history.ports.js';
import { timelineOf } from './reservation-timeline.js';

/** What this service knows of an order: what became of its reservation, and the stock that moved with it. */
export class ShowReservationTimeline {
  constructor(private readonly history: ReservationHistory) {}

  /**
   * @returns all of it; nothing of another client's order, as of one that has no reservation. That stock became low is for
   * operators, as `product.stockLow` is.
   */
  async execute({ caller, orderId }: OfOrderTimeline): Promise<Reply<TimelinePart>> {
    const events = await this.history.of(orderId);
    const own = events.filter(({ data }) => caller.role === 'operator' || data.clientId === caller.clientId);
    const low = caller.role === 'operator' ? await this.history.lowStockOf(orderId, productsIn(own)) : [];
    return accepted({ entries: timelineOf(own, low), truncated: false });
  }
}

/** Ids of the products of which something was reserved. */
function productsIn(events: readonly StreamEvent[]): string[] {
  const outcomes = events.filter(({ type }) => type === 'product.stockReserved');
  const lines = outcomes.flatMap(({ data }) => {
    const outcome = data as unknown as StockReserved;
    return outcome.reserved ? outcome.items : [];
  });
  return [...new Set(lines.map(({ productId }) => productId))];
}

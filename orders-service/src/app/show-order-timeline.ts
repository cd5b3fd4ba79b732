import { accepted, type OfOrderTimeline, type Reply, type TimelinePart } from '@holdfast/contracts';
import { type OrderHistory } from './history.ports.js';
import { timelineOf } from './order-timeline.js';
import { noOrder, ownHistory } from './own-history.js';

/** What this service knows of an order: the requests about it, its events, and what it asked of others. */
export class ShowOrderTimeline {
  constructor(private readonly history: OrderHistory) {}

  /** @returns all of it, which is a few entries, or ORDER_NOT_FOUND. */
  async execute({ caller, orderId }: OfOrderTimeline): Promise<Reply<TimelinePart>> {
    const events = await ownHistory(this.history, caller, orderId);
    return events ? accepted({ entries: timelineOf(events), truncated: false }) : noOrder(orderId);
  }
}

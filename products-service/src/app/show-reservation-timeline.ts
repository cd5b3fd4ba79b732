import { accepted, type OfOrderTimeline, type Reply, type TimelinePart } from '@holdfast/contracts';
import { type ReservationHistory } from './history.ports.js';
import { timelineOf } from './reservation-timeline.js';

/** What this service knows of an order: what became of its reservation, and the stock that moved with it. */
export class ShowReservationTimeline {
  constructor(private readonly history: ReservationHistory) {}

  /** @returns all of it; nothing of another client's order, as of one that has no reservation. */
  async execute({ caller, orderId }: OfOrderTimeline): Promise<Reply<TimelinePart>> {
    const events = await this.history.of(orderId);
    const own = events.filter(({ data }) => caller.role === 'operator' || data.clientId === caller.clientId);
    return accepted({ entries: timelineOf(own), truncated: false });
  }
}

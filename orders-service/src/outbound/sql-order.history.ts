import { eventsOfStream, type StreamEvent } from '@holdfast/messaging';
import { type Queries } from '@holdfast/platform';
import { type OrderHistory } from '../app/history.ports.js';

/** The history of orders is their event log. */
export class SqlOrderHistory implements OrderHistory {
  constructor(private readonly queries: Queries) {}

  of(orderId: string): Promise<StreamEvent[]> {
    return eventsOfStream(this.queries, `order/${orderId}`);
  }
}

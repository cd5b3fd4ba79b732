import { eventsOfStream, type StreamEvent } from '@holdfast/messaging';
import { type Queries } from '@holdfast/platform';
import { type ReservationHistory } from '../app/history.ports.js';
import { reservationStream } from '../app/reservation-outcome.js';

/** The history of reservations is their event log. */
export class SqlReservationHistory implements ReservationHistory {
  constructor(private readonly queries: Queries) {}

  of(orderId: string): Promise<StreamEvent[]> {
    return eventsOfStream(this.queries, reservationStream(orderId));
  }
}

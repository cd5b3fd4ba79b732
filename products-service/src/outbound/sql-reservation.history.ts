import { correlatedEvents, eventsOfStream, type StreamEvent } from '@holdfast/messaging';
import { type Queries } from '@holdfast/platform';
import { type ReservationHistory } from '../app/history.ports.js';
import { reservationStream } from '../app/reservation-outcome.js';
import { productStream } from '../app/tell-low-stock.js';

/** The history of reservations is their event log. */
export class SqlReservationHistory implements ReservationHistory {
  constructor(private readonly queries: Queries) {}

  of(orderId: string): Promise<StreamEvent[]> {
    return eventsOfStream(this.queries, reservationStream(orderId));
  }

  /**
   * Reads the streams of these products, which hold an event for each time that a product's stock was adjusted by hand or
   * became low.
   */
  lowStockOf(orderId: string, productIds: readonly string[]): Promise<StreamEvent[]> {
    const wanted = { type: 'product.stockLow', correlationId: orderId } as const;
    return correlatedEvents(this.queries, productIds.map(productStream), wanted);
  }
}

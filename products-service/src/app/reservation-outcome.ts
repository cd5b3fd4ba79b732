import { type ReleaseStock } from '@holdfast/contracts';
import { appendEvent, type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { type ReservationPlan } from '../domain/reservation.js';
import { type ReservationRefusal } from '../domain/reservation-refusal.js';

/** Everything that is told of an order's reservation, in the order in which it happened. */
export const reservationStream = (orderId: string): string => `reservation/${orderId}`;

/** Says with `product.stockReserved` what became of a reservation. */
export function tellOutcome(
  tx: Transaction,
  { orderId, clientId, idempotencyKey }: ReleaseStock,
  outcome: ReservationPlan | ReservationRefusal,
  origin: MessageOrigin,
): Promise<void> {
  const told = outcome.reserved
    ? { reserved: true as const, items: outcome.items, total: outcome.total }
    : { reserved: false as const, reason: outcome.reason, detail: outcome.detail };
  const data = { orderId, clientId, idempotencyKey, ...told };
  return appendEvent(tx, { streamId: reservationStream(orderId), type: 'product.stockReserved', data }, origin);
}

import { LostRaceError, type Transaction } from '@holdfast/platform';
import { type Reservation, type ReservationRepository } from '../app/ports.js';
import { type HeldLine } from '../domain/demand.js';

const INSERT_RESERVATION = `
  INSERT INTO reservations (order_id, status, lines, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`;

const IS_RELEASED = "SELECT 1 FROM reservations WHERE order_id = ? AND status = 'RELEASED'";

// The state is checked by the UPDATE itself: of two releases one changes the row, and gives back.
const RELEASE = `
  UPDATE reservations SET status = 'RELEASED' WHERE order_id = ? AND status IN ('RESERVED', 'REFUSED') RETURNING lines`;

/** Outcomes of reservations, in plain SQL in the caller's transaction. */
export class SqlReservationRepository implements ReservationRepository {
  async exists(tx: Transaction, orderId: string): Promise<boolean> {
    return (await tx.get('SELECT 1 FROM reservations WHERE order_id = ?', [orderId])) !== undefined;
  }

  async isReleased(tx: Transaction, orderId: string): Promise<boolean> {
    return (await tx.get(IS_RELEASED, [orderId])) !== undefined;
  }

  async insert(tx: Transaction, { orderId, status, demands }: Reservation): Promise<void> {
    const lines = demands.map(({ offer, quantity }) => ({ productId: offer.id, quantity }));
    const inserted = await tx.run(INSERT_RESERVATION, [orderId, status, JSON.stringify(lines), Date.now()]);
    if (inserted === 0) throw new LostRaceError(`the reservation of order ${orderId}`);
  }

  async release(tx: Transaction, orderId: string): Promise<HeldLine[] | undefined> {
    const released = await tx.get<{ lines: string }>(RELEASE, [orderId]);
    return released && (JSON.parse(released.lines) as HeldLine[]);
  }
}

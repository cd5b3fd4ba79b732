import { type Ordering } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { TAKE_TURN } from './subject-turns.sql.js';

// On PostgreSQL each statement is a way to the server and back, so that what always belongs together goes together. SQLite
// takes no INSERT or UPDATE in a WITH, and asks nobody over a wire.
const INSERT_DELIVERY = `
  WITH turn AS (${TAKE_TURN})
  INSERT INTO deliveries (id, subscription_id, event_id, event_type, subject, attempts, tries, due_at, created_at,
    sequence, previous_event_id, status)
  SELECT ?, ?, ?, ?, ?, 0, 0, ?, ?, sequence, "previousEventId",
    CASE WHEN unfinished = 1 OR ? = 1 THEN 'pending' ELSE 'waiting' END
  FROM turn`;

// The subject is looked at when the delivery is finished, not before: whoever takes the delivery first takes both.
const DELIVER = `
  WITH finished AS (
    UPDATE deliveries
    SET status = 'delivered', attempts = attempts + 1, tries = tries + 1, lease = NULL, finished_at = ?
    WHERE id = ? AND status = 'pending' RETURNING id, attempts
  ), noted AS (
    INSERT INTO attempts (at, duration_ms, status, error, detail, answer, delivery_id, number)
    SELECT ?, ?, ?, ?, ?, ?, id, attempts FROM finished
  ), ended AS (
    UPDATE subjects SET unfinished = 0, pending = 0
    WHERE subscription_id = ? AND subject = ? AND unfinished = 1 AND pending = 1 AND EXISTS (SELECT 1 FROM finished)
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM finished) AS finished, (SELECT count(*) FROM ended) AS ended`;

/** A delivery as it is stored first. */
export interface NewDelivery {
  id: string;
  eventId: string;
  type: string;
  subject: string;
  now: number;
}

/** Stores a delivery in its subject's turn, on PostgreSQL in one statement. */
export async function insertInTurn(
  tx: Transaction,
  subscription: { id: string; ordering: Ordering },
  { id, eventId, type, subject, now }: NewDelivery,
): Promise<void> {
  const unordered = subscription.ordering === 'none' ? 1 : 0;
  await tx.run(INSERT_DELIVERY, [
    ...[subscription.id, subject, eventId, unordered],
    ...[id, subscription.id, eventId, type, subject, now, now, unordered],
  ]);
}

/**
 * Stores an attempt that has delivered, and that nothing else of the subject is on its way, on PostgreSQL in one statement.
 * What it finds otherwise, or what has become otherwise since the statement began, it leaves as it is.
 *
 * @param outcome the columns of the attempt: at, duration_ms, status, error, detail, answer.
 * @returns `finished`: whether the delivery was still to be decided, and is stored with its attempt; `ended`: whether the
 * subject is at its end too.
 */
export async function deliverInTurn(
  tx: Transaction,
  { deliveryId, subscriptionId, subject }: { deliveryId: string; subscriptionId: string; subject: string },
  outcome: readonly (string | number | null)[],
  now: number,
): Promise<{ finished: boolean; ended: boolean }> {
  const row = await tx.get<{ finished: number; ended: number }>(DELIVER, [
    ...[now, deliveryId, ...outcome],
    ...[subscriptionId, subject],
  ]);
  return { finished: row?.finished === 1, ended: row?.ended === 1 };
}

import { type Ordering } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';

/** The place that an event gets among those of its subject. */
export interface Turn {
  sequence: number;
  previousEventId: string | null;
  status: 'pending' | 'waiting';
}

// One statement counts, remembers the event and decides whether it is its turn; on PostgreSQL it also locks the subject,
// so that whoever finishes the event before it sees this one, or this one sees that it is finished.
export const TAKE_TURN = `
  INSERT INTO subjects
    (subscription_id, subject, last_sequence, last_event_id, previous_event_id, unfinished, pending)
  VALUES (?, ?, 1, ?, NULL, 1, 1)
  ON CONFLICT (subscription_id, subject) DO UPDATE SET
    last_sequence = subjects.last_sequence + 1,
    previous_event_id = subjects.last_event_id,
    last_event_id = excluded.last_event_id,
    unfinished = subjects.unfinished + 1,
    pending = subjects.pending + CASE WHEN subjects.unfinished = 0 OR ? = 1 THEN 1 ELSE 0 END
  RETURNING last_sequence AS sequence, previous_event_id AS "previousEventId", unfinished`;

// Nearly always: nothing else of the subject is on its way.
const FINISH_LAST = `
  UPDATE subjects SET unfinished = 0, pending = 0
  WHERE subscription_id = ? AND subject = ? AND unfinished = 1 AND pending = 1`;

const FINISH = `
  UPDATE subjects SET unfinished = unfinished - 1, pending = pending - 1 WHERE subscription_id = ? AND subject = ?
  RETURNING unfinished, pending`;

const JOIN_AGAIN = `
  UPDATE subjects SET unfinished = unfinished + 1, pending = pending + ? WHERE subscription_id = ? AND subject = ?
  RETURNING pending`;

/**
 * What `due_at` is of a delivery that may go out at once: since it arrived, so that it goes before what came later. Not
 * later than now, given twice, where a clock that was ahead says when it arrived.
 */
export const SINCE_IT_CAME = 'CASE WHEN created_at < ? THEN created_at ELSE ? END';

const ADVANCE = `
  UPDATE deliveries SET status = 'pending', due_at = ${SINCE_IT_CAME}
  WHERE id = (
    SELECT id FROM deliveries WHERE subscription_id = ? AND subject = ? AND status = 'waiting' ORDER BY sequence LIMIT 1
  )`;

const ADVANCED = 'UPDATE subjects SET pending = pending + 1 WHERE subscription_id = ? AND subject = ?';

const END_TURNS = `
  UPDATE deliveries SET status = 'pending', due_at = ${SINCE_IT_CAME} WHERE subscription_id = ? AND status = 'waiting'`;

const COUNT_ENDED = `
  UPDATE subjects SET pending = unfinished WHERE subscription_id = ? AND pending < unfinished`;

// On PostgreSQL one statement ends turns and counts those: of two, each would see what came between them, or not see it.
const END_AND_COUNT = `
  WITH ended AS (${END_TURNS} RETURNING subject),
  turns AS (SELECT subject, count(*) AS ended FROM ended GROUP BY subject)
  UPDATE subjects SET pending = pending + turns.ended FROM turns
  WHERE subjects.subscription_id = ? AND subjects.subject = turns.subject`;

// Before it: whoever finishes a delivery locks its subject first and then the next delivery, and would wait in a circle.
const LOCK_WAITING = `
  SELECT count(*) FROM (
    SELECT 1 FROM subjects WHERE subscription_id = ? AND subject IN (
      SELECT subject FROM deliveries WHERE subscription_id = ? AND status = 'waiting')
    ORDER BY subject FOR UPDATE) AS locked`;

/** Gives a new event its sequence and says whether it has to wait for the ones before it. */
export async function takeTurn(
  tx: Transaction,
  subscription: { id: string; ordering: Ordering },
  subject: string,
  eventId: string,
): Promise<Turn> {
  const unordered = subscription.ordering === 'none';
  const turn = await tx.get<{ sequence: number; previousEventId: string | null; unfinished: number }>(TAKE_TURN, [
    subscription.id,
    subject,
    eventId,
    unordered ? 1 : 0,
  ]);
  if (!turn) throw new Error(`subject ${subject} gave no turn`);
  const { sequence, previousEventId, unfinished } = turn;
  return { sequence, previousEventId, status: unordered || unfinished === 1 ? 'pending' : 'waiting' };
}

/**
 * A delivery of the subject is finished: the next one has its turn.
 *
 * @returns whether there is a next one.
 */
export async function finishTurn(
  tx: Transaction,
  subscriptionId: string,
  subject: string,
  now: number,
): Promise<boolean> {
  if ((await tx.run(FINISH_LAST, [subscriptionId, subject])) === 1) return false;
  const left = await tx.get<{ unfinished: number; pending: number }>(FINISH, [subscriptionId, subject]);
  if (!left || left.pending > 0 || left.unfinished === 0) return false;
  return advance(tx, subscriptionId, subject, now);
}

/** A finished delivery is to go out again. It counts as waiting, or, where no order is kept, as pending at once. */
export async function joinAgain(
  tx: Transaction,
  subscriptionId: string,
  subject: string,
  as: Turn['status'],
): Promise<void> {
  await tx.get(JOIN_AGAIN, [as === 'pending' ? 1 : 0, subscriptionId, subject]);
}

/** Gives the first that waits its turn, unless another of the subject has it. */
export async function resumeTurns(
  tx: Transaction,
  subscriptionId: string,
  subject: string,
  now: number,
): Promise<void> {
  const left = await tx.get<{ unfinished: number; pending: number }>(
    'SELECT unfinished, pending FROM subjects WHERE subscription_id = ? AND subject = ?',
    [subscriptionId, subject],
  );
  if (left && left.pending === 0 && left.unfinished > 0) await advance(tx, subscriptionId, subject, now);
}

/** Order is not kept any more: what waits for its turn has it. */
export async function endTurns(tx: Transaction, subscriptionId: string, now: number): Promise<void> {
  if (tx.dialect === 'sqlite') {
    await tx.run(END_TURNS, [now, now, subscriptionId]);
    await tx.run(COUNT_ENDED, [subscriptionId]);
    return;
  }
  // Without waiting in between: the server runs the second one when it has the locks.
  await Promise.all([
    tx.run(LOCK_WAITING, [subscriptionId, subscriptionId]),
    tx.run(END_AND_COUNT, [now, now, subscriptionId, subscriptionId]),
  ]);
}

async function advance(tx: Transaction, subscriptionId: string, subject: string, now: number): Promise<boolean> {
  const advanced = await tx.run(ADVANCE, [now, now, subscriptionId, subject]);
  if (advanced > 0) await tx.run(ADVANCED, [subscriptionId, subject]);
  return advanced > 0;
}

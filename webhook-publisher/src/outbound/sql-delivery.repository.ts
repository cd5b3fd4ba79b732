import { newId, type Ordering } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import {
  type AttemptOutcome,
  type DeliveryRepository,
  type LeasedDelivery,
  type LeaseGrant,
  type RecordedAttempt,
} from '../app/ports.js';
import { type SubscribedEvent } from '../domain/event.js';
import { AHEAD_MS, slotsFrom } from '../domain/rate.js';
import { deliverInTurn, insertInTurn } from './one-trip.sql.js';
import { endTurns, finishTurn, joinAgain, resumeTurns, SINCE_IT_CAME, takeTurn } from './subject-turns.sql.js';
import { SUBSCRIPTION_COLUMNS, type SubscriptionRow, subscriptionOf } from './subscription.row.js';

const INSERT_PAYLOAD = `
  INSERT INTO payloads (event_id, type, subject, data, correlation_id, occurred_at, deliveries)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

const INSERT_DELIVERY = `
  INSERT INTO deliveries (id, subscription_id, event_id, event_type, subject, sequence, previous_event_id, status,
    attempts, tries, due_at, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)`;

const TAKES_NOW = `
  SELECT ${SUBSCRIPTION_COLUMNS}, next_slot_at AS "nextSlotAt" FROM subscriptions
  WHERE id = ? AND enabled = 1 AND deleted_at IS NULL AND (held_until IS NULL OR held_until <= ?)`;

const DUE = `
  SELECT d.id, d.event_id AS "eventId", d.event_type AS type, d.subject, p.data, p.occurred_at AS "occurredAt", d.sequence,
    d.previous_event_id AS "previousEventId", d.tries, d.created_at AS "createdAt"
  FROM deliveries d JOIN payloads p ON p.event_id = d.event_id
  WHERE d.subscription_id = ? AND d.status = 'pending' AND d.due_at <= ? ORDER BY d.due_at LIMIT ?`;

// What a worker beside this one is just leasing is its own.
const DUE_IN = { sqlite: DUE, postgres: `${DUE} FOR UPDATE OF d SKIP LOCKED` };

const NEXT_DUE = `SELECT min(due_at) AS at FROM deliveries WHERE subscription_id = ? AND status = 'pending'`;

// All at once. As an array on PostgreSQL, which looks each of them up whatever it believes of the size of the table.
const LEASE = {
  sqlite: 'UPDATE deliveries SET due_at = ?, lease = ? WHERE id IN (SELECT value FROM json_each(?))',
  postgres: `
    UPDATE deliveries SET due_at = ?, lease = ? WHERE id = ANY (ARRAY(SELECT json_array_elements_text(?::json)))`,
};

// To the place in the queue that it had.
const RELEASE = `
  UPDATE deliveries SET due_at = ${SINCE_IT_CAME}, lease = NULL WHERE id = ? AND lease = ? AND status = 'pending'`;

const FINISH = `
  UPDATE deliveries SET status = ?, attempts = attempts + 1, tries = tries + 1, lease = NULL, finished_at = ?
  WHERE id = ? AND status = 'pending'`;

const FINISH_AS_HOLDER = `${FINISH} AND lease = ?`;

const TRY_LATER = `
  UPDATE deliveries SET attempts = attempts + 1, tries = tries + 1, lease = NULL, due_at = ?
  WHERE id = ? AND status = 'pending' AND lease = ?`;

const COUNT_ONLY = 'UPDATE deliveries SET attempts = attempts + 1 WHERE id = ?';

// Its number is the count that was raised just before. Nothing where the delivery is gone with its subscription.
const INSERT_ATTEMPT = `
  INSERT INTO attempts (at, duration_ms, status, error, detail, answer, delivery_id, number)
  SELECT ?, ?, ?, ?, ?, ?, id, attempts FROM deliveries WHERE id = ?`;

const SEND_AGAIN = `
  UPDATE deliveries SET status = ?, tries = 0, lease = NULL, finished_at = NULL, due_at = ?
  WHERE id = ? AND status IN ('delivered', 'dead') RETURNING subscription_id AS "subscriptionId", subject`;

/** Deliveries in plain SQL in the caller's transaction: these statements are most of what a callback costs here. */
export class SqlDeliveryRepository implements DeliveryRepository {
  async prepare(
    tx: Transaction,
    event: SubscribedEvent,
    receivers: readonly { id: string; ordering: Ordering }[],
    now: number,
  ): Promise<void> {
    const { id, type, subject, data, correlationId, occurredAt } = event;
    const payload = [id, type, subject, data, correlationId, occurredAt, receivers.length];
    if (tx.dialect === 'postgres') {
      // Side by side: one round trip for all of them.
      const deliveries = receivers.map((receiver) =>
        insertInTurn(tx, receiver, { id: newId(), eventId: id, type, subject, now }),
      );
      await Promise.all([tx.run(INSERT_PAYLOAD, payload), ...deliveries]);
      return;
    }
    await tx.run(INSERT_PAYLOAD, payload);
    for (const receiver of receivers) {
      const { sequence, previousEventId, status } = await takeTurn(tx, receiver, subject, id);
      await tx.run(INSERT_DELIVERY, [
        ...[newId(), receiver.id, id, type, subject, sequence, previousEventId, status],
        ...[now, now],
      ]);
    }
  }

  async lease(
    tx: Transaction,
    subscriptionId: string,
    { now, until, limit, lease }: { now: number; until: number; limit: number; lease: string },
  ): Promise<LeaseGrant | undefined> {
    const row = await tx.get<SubscriptionRow & { nextSlotAt: number }>(TAKES_NOW, [subscriptionId, now]);
    if (!row) return undefined;
    const { nextSlotAt, ...subscriptionRow } = row;
    const subscription = subscriptionOf(subscriptionRow);
    // Whoever has stored an event meanwhile may have read that order is kept. On SQLite nobody writes meanwhile. Before the
    // subscription is locked for its rate: whoever records an attempt locks the subject first.
    if (subscription.ordering === 'none' && tx.dialect === 'postgres') await endTurns(tx, subscriptionId, now);
    const slots = await this.slots(tx, subscription, now, limit);
    if (slots.length === 0) return { subscription, deliveries: [], nextDueAt: nextSlotAt - AHEAD_MS / 2 };
    const due = await tx.all<Omit<LeasedDelivery, 'notBefore'>>(DUE_IN[tx.dialect], [
      subscriptionId,
      now,
      slots.length,
    ]);
    const ids = JSON.stringify(due.map(({ id }) => id));
    if (due.length > 0) await tx.run(LEASE[tx.dialect], [until, lease, ids]);
    const used = slots.slice(0, due.length);
    await this.takeSlots(tx, subscription, used.at(-1));
    const deliveries = due.map((delivery, index) => ({ ...delivery, notBefore: used[index] ?? now }));
    return { subscription, deliveries, nextDueAt: await this.nextDueAt(tx, subscriptionId) };
  }

  async release(tx: Transaction, deliveryIds: readonly string[], lease: string, now: number): Promise<void> {
    for (const id of deliveryIds) await tx.run(RELEASE, [now, now, id, lease]);
  }

  async record(tx: Transaction, attempt: RecordedAttempt, now: number): Promise<boolean> {
    const { deliveryId, subscriptionId, subject, fate } = attempt;
    const outcome = attemptColumns(attempt.outcome);
    if (tx.dialect === 'postgres' && fate.status === 'delivered') {
      const { finished, ended } = await deliverInTurn(tx, attempt, outcome, now);
      if (finished) return !ended && finishTurn(tx, subscriptionId, subject, now);
    }
    const decided = await this.decide(tx, attempt, now);
    // A delivery whose lease has passed to another worker, or that somebody else has finished, keeps its fate.
    if (!decided) await tx.run(COUNT_ONLY, [deliveryId]);
    await tx.run(INSERT_ATTEMPT, [...outcome, deliveryId]);
    return decided && fate.status !== 'pending' && finishTurn(tx, subscriptionId, subject, now);
  }

  async requeue(tx: Transaction, deliveryIds: readonly string[], now: number): Promise<number> {
    let requeued = 0;
    const orderings = new Map<string, Ordering>();
    const subjects = new Map<string, { subscriptionId: string; subject: string }>();
    for (const id of deliveryIds) {
      const ordering = await this.orderingOf(tx, id, orderings);
      const status = ordering === 'none' ? 'pending' : 'waiting';
      const again = await tx.get<{ subscriptionId: string; subject: string }>(SEND_AGAIN, [status, now, id]);
      if (!again) continue;
      requeued += 1;
      await joinAgain(tx, again.subscriptionId, again.subject, status);
      subjects.set(`${again.subscriptionId} ${again.subject}`, again);
    }
    for (const { subscriptionId, subject } of subjects.values()) await resumeTurns(tx, subscriptionId, subject, now);
    return requeued;
  }

  private async nextDueAt(tx: Transaction, subscriptionId: string): Promise<number | undefined> {
    const row = await tx.get<{ at: number | null }>(NEXT_DUE, [subscriptionId]);
    return row?.at ?? undefined;
  }

  /** @returns whether the delivery was still to be decided. */
  private async decide(tx: Transaction, { deliveryId, lease, fate }: RecordedAttempt, now: number): Promise<boolean> {
    if (fate.status === 'pending') return (await tx.run(TRY_LATER, [fate.dueAt, deliveryId, lease])) === 1;
    // Delivered is delivered, though another worker may have it by now.
    if (fate.status === 'delivered') return (await tx.run(FINISH, [fate.status, now, deliveryId])) === 1;
    return (await tx.run(FINISH_AS_HOLDER, [fate.status, now, deliveryId, lease])) === 1;
  }

  private async orderingOf(tx: Transaction, deliveryId: string, known: Map<string, Ordering>): Promise<Ordering> {
    const row = await tx.get<{ id: string }>('SELECT subscription_id AS id FROM deliveries WHERE id = ?', [deliveryId]);
    if (!row) return 'none';
    let ordering = known.get(row.id);
    if (!ordering) {
      const found = await tx.get<{ ordering: Ordering }>('SELECT ordering FROM subscriptions WHERE id = ?', [row.id]);
      ordering = found?.ordering ?? 'none';
      known.set(row.id, ordering);
    }
    return ordering;
  }

  /** When each of the next callbacks may go out: now, unless the subscription has a rate. */
  private async slots(
    tx: Transaction,
    { id, maxPerSecond }: { id: string; maxPerSecond: number | null },
    now: number,
    limit: number,
  ): Promise<number[]> {
    if (maxPerSecond === null) return Array<number>(limit).fill(now);
    const locked = tx.dialect === 'postgres' ? ' FOR UPDATE' : '';
    const row = await tx.get<{ at: number }>(`SELECT next_slot_at AS at FROM subscriptions WHERE id = ?${locked}`, [
      id,
    ]);
    return slotsFrom(row?.at ?? now, maxPerSecond, now, limit);
  }

  private async takeSlots(
    tx: Transaction,
    { id, maxPerSecond }: { id: string; maxPerSecond: number | null },
    last: number | undefined,
  ): Promise<void> {
    if (maxPerSecond === null || last === undefined) return;
    await tx.run('UPDATE subscriptions SET next_slot_at = ? WHERE id = ?', [last + Math.ceil(1000 / maxPerSecond), id]);
  }
}

function attemptColumns(outcome: AttemptOutcome): (string | number | null)[] {
  const { at, durationMs } = outcome;
  if (outcome.kind === 'failed') return [at, durationMs, null, outcome.error, outcome.detail, null];
  return [at, durationMs, outcome.status, null, null, outcome.answer];
}

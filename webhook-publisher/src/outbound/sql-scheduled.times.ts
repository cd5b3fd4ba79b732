import { forUpdate, type Transaction } from '@holdfast/platform';
import { type ScheduledDelivery, type ScheduledTimes } from '../app/schedule.ports.js';

// One look into the index of due deliveries for each subscription; disabled ones too, which somebody may enable.
const LATE = `
  SELECT s.id FROM subscriptions s
  WHERE s.deleted_at IS NULL
    AND (SELECT max(d.due_at) FROM deliveries d WHERE d.subscription_id = s.id AND d.status = 'pending') > ?`;

const PIECE = `
  SELECT id, due_at AS "dueAt", tries, CASE WHEN lease IS NULL THEN 0 ELSE 1 END AS leased FROM deliveries
  WHERE subscription_id = ? AND status = 'pending' AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?`;

const HOLDS = 'SELECT id, held_until AS until, held_at AS at FROM subscriptions WHERE held_until > ? ORDER BY id';

const FORGET = `
  UPDATE subscriptions SET failing_since = NULL, answered_at = NULL WHERE failing_since > ? OR answered_at > ?`;

/** Times in plain SQL in the caller's transaction. */
export class SqlScheduledTimes implements ScheduledTimes {
  async withDeliveriesAfter(tx: Transaction, time: number): Promise<string[]> {
    return (await tx.all<{ id: string }>(LATE, [time])).map(({ id }) => id);
  }

  async deliveriesAfter(
    tx: Transaction,
    subscriptionId: string,
    place: { dueAt: number; id: string },
    limit: number,
  ): Promise<ScheduledDelivery[]> {
    const values = [subscriptionId, place.dueAt, place.id, limit];
    const rows = await tx.all<Omit<ScheduledDelivery, 'leased'> & { leased: number }>(
      PIECE + forUpdate(tx, 'skip'),
      values,
    );
    return rows.map((row) => ({ ...row, leased: row.leased === 1 }));
  }

  async moveDelivery(tx: Transaction, id: string, dueAt: number): Promise<void> {
    await tx.run('UPDATE deliveries SET due_at = ? WHERE id = ?', [dueAt, id]);
  }

  holdsAfter(tx: Transaction, time: number): Promise<{ id: string; until: number; at: number | null }[]> {
    return tx.all(HOLDS + forUpdate(tx), [time]);
  }

  async moveHold(tx: Transaction, id: string, { until, at }: { until: number; at: number }): Promise<void> {
    await tx.run('UPDATE subscriptions SET held_until = ?, held_at = ? WHERE id = ?', [until, at, id]);
  }

  forgetNotesAfter(tx: Transaction, time: number): Promise<number> {
    return tx.run(FORGET, [time, time]);
  }
}

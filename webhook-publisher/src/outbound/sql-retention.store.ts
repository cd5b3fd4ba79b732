import { beforeIdsOf } from '@holdfast/contracts';
import { deleteFound } from '@holdfast/messaging';
import { forUpdate, type Transaction } from '@holdfast/platform';
import { type RetentionStore } from '../app/ports.js';

interface PrunedRow {
  id: string;
  eventId: string;
}

const PAGE_END = 'SELECT id FROM deliveries WHERE id > ? AND id < ? ORDER BY id LIMIT 1 OFFSET ?';

const OLD = `
  SELECT id, event_id AS "eventId" FROM deliveries
  WHERE id > ? AND id <= ? AND finished_at < ? AND status <> 'dead'`;

const OF_SUBSCRIPTION = `
  SELECT id, event_id AS "eventId" FROM deliveries WHERE subscription_id = ? LIMIT ?`;

const DELETED = 'SELECT id FROM subscriptions WHERE deleted_at < ? LIMIT 1';

const ANY_LEFT = 'SELECT id FROM deliveries WHERE subscription_id = ? LIMIT 1';

// Keys are kept for a day at least, whatever the retention is.
const KEY_MS = 86_400_000;

const KEYS = {
  table: 'idempotency_keys',
  key: ['client_id', 'key'],
  query: 'SELECT client_id, key FROM idempotency_keys WHERE created_at < ? ORDER BY created_at LIMIT ?',
};

/**
 * Pruning in plain SQL in the caller's transaction. Rows that another transaction has locked are left out: another
 * instance prunes them, or they are just being sent again.
 *
 * Subjects stay for as long as their subscription: their sequence would begin anew with the next event, and a subscriber
 * that compares sequences would take that event for an old one. What that costs stands in docs/operations.md, "What grows".
 */
export class SqlRetentionStore implements RetentionStore {
  async pruneDeliveries(
    tx: Transaction,
    { before, after, limit }: { before: number; after: string; limit: number },
  ): Promise<{ pruned: number; last: string | undefined }> {
    // An id tells when its delivery was made, which is before it was finished.
    const end = beforeIdsOf(before);
    const last = (await tx.get<{ id: string }>(PAGE_END, [after, end, limit - 1]))?.id;
    // PostgreSQL looks at the condition again once it has the lock: what has been sent again meanwhile is not finished.
    const old = await tx.all<PrunedRow>(OLD + forUpdate(tx, 'skip'), [after, last ?? end, before]);
    return { pruned: await removeDeliveries(tx, old), last };
  }

  async pruneDeletedSubscription(tx: Transaction, before: number, limit: number): Promise<number> {
    const subscription = await tx.get<{ id: string }>(DELETED + forUpdate(tx, 'skip'), [before]);
    if (!subscription) return 0;
    const { id } = subscription;
    const deliveries = await tx.all<PrunedRow>(OF_SUBSCRIPTION + forUpdate(tx, 'skip'), [id, limit]);
    await removeDeliveries(tx, deliveries);
    if (deliveries.length > 0) return limit;
    // What is left is locked: its last attempt is just being recorded. The next sweep finds it.
    if (await tx.get(ANY_LEFT, [id])) return 0;
    for (const table of ['subjects', 'replays', 'releases']) {
      await tx.run(`DELETE FROM ${table} WHERE subscription_id = ?`, [id]);
    }
    await tx.run('DELETE FROM subscriptions WHERE id = ?', [id]);
    return limit;
  }

  pruneIdempotencyKeys(tx: Transaction, before: number, limit: number): Promise<number> {
    return deleteFound(tx, KEYS, [Math.min(before, Date.now() - KEY_MS), limit]);
  }
}

/**
 * With their attempts, and with the payload where one was the last delivery of it.
 *
 * @returns how many were there.
 */
async function removeDeliveries(tx: Transaction, deliveries: readonly PrunedRow[]): Promise<number> {
  let removed = 0;
  // Two that prune at once change payloads in the same order, so that neither waits for the other in a circle.
  for (const { id, eventId } of [...deliveries].sort(byEvent)) {
    // First of all: only who has really taken it away may count it off its payload.
    if ((await tx.run('DELETE FROM deliveries WHERE id = ?', [id])) === 0) continue;
    await tx.run('DELETE FROM attempts WHERE delivery_id = ?', [id]);
    await tx.run('UPDATE payloads SET deliveries = deliveries - 1 WHERE event_id = ?', [eventId]);
    await tx.run('DELETE FROM payloads WHERE event_id = ? AND deliveries = 0', [eventId]);
    removed += 1;
  }
  return removed;
}

const byEvent = (one: PrunedRow, other: PrunedRow): number => (one.eventId < other.eventId ? -1 : 1);

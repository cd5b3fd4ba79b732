import { beforeIdsOf } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type RetentionStore } from '../app/ports.js';

interface FinishedRow {
  id: string;
  eventId: string;
  status: string;
  finishedAt: number | null;
}

const PAGE = `
  SELECT id, event_id AS "eventId", status, finished_at AS "finishedAt" FROM deliveries
  WHERE id > ? AND id < ? ORDER BY id LIMIT ?`;

const OF_SUBSCRIPTION = `
  SELECT id, event_id AS "eventId" FROM deliveries WHERE subscription_id = ? LIMIT ?`;

// Keys are kept for a day at least, whatever the retention is.
const KEY_MS = 86_400_000;

/** Pruning in plain SQL in the caller's transaction. */
export class SqlRetentionStore implements RetentionStore {
  async pruneDeliveries(
    tx: Transaction,
    { before, after, limit }: { before: number; after: string; limit: number },
  ): Promise<{ pruned: number; last: string | undefined }> {
    // An id tells when its delivery was made, which is before it was finished.
    const page = await tx.all<FinishedRow>(PAGE, [after, beforeIdsOf(before), limit]);
    const old = page.filter(
      ({ status, finishedAt }) => status !== 'dead' && finishedAt !== null && finishedAt < before,
    );
    for (const delivery of old) await removeDelivery(tx, delivery);
    return { pruned: old.length, last: page.length === limit ? page.at(-1)?.id : undefined };
  }

  async pruneDeletedSubscription(tx: Transaction, limit: number): Promise<number> {
    const subscription = await tx.get<{ id: string }>(
      'SELECT id FROM subscriptions WHERE deleted_at IS NOT NULL LIMIT 1',
    );
    if (!subscription) return 0;
    const deliveries = await tx.all<{ id: string; eventId: string }>(OF_SUBSCRIPTION, [subscription.id, limit]);
    for (const delivery of deliveries) await removeDelivery(tx, delivery);
    if (deliveries.length > 0) return limit;
    await tx.run('DELETE FROM subjects WHERE subscription_id = ?', [subscription.id]);
    await tx.run('DELETE FROM replays WHERE subscription_id = ?', [subscription.id]);
    await tx.run('DELETE FROM subscriptions WHERE id = ?', [subscription.id]);
    return limit;
  }

  async pruneIdempotencyKeys(tx: Transaction, before: number, limit: number): Promise<number> {
    const old = await tx.all<{ clientId: string; key: string }>(
      'SELECT client_id AS "clientId", key FROM idempotency_keys WHERE created_at < ? LIMIT ?',
      [Math.min(before, Date.now() - KEY_MS), limit],
    );
    for (const { clientId, key } of old) {
      await tx.run('DELETE FROM idempotency_keys WHERE client_id = ? AND key = ?', [clientId, key]);
    }
    return old.length;
  }
}

/** With its attempts, and with the payload where it was the last delivery of it. */
async function removeDelivery(tx: Transaction, { id, eventId }: { id: string; eventId: string }): Promise<void> {
  await tx.run('DELETE FROM attempts WHERE delivery_id = ?', [id]);
  await tx.run('DELETE FROM deliveries WHERE id = ?', [id]);
  await tx.run('UPDATE payloads SET deliveries = deliveries - 1 WHERE event_id = ?', [eventId]);
  await tx.run('DELETE FROM payloads WHERE event_id = ? AND deliveries = 0', [eventId]);
}

import { newId } from '@holdfast/contracts';
import { type SqlValue, type Transaction } from '@holdfast/platform';
import { type StoredSubscription, type SubscriptionChanges, type SubscriptionRepository } from '../app/ports.js';
import { SUBSCRIPTION_COLUMNS, type SubscriptionRow, subscriptionOf } from './subscription.row.js';

const INSERT = `
  INSERT INTO subscriptions (id, client_id, role, url, description, event_types, ordering, max_per_second, enabled,
    disabled_reason, secret, previous_secret, previous_secret_until, failing_since, held_until,
    next_slot_at, created_at, updated_at, version)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT DO NOTHING`;

const BY_ID = `SELECT ${SUBSCRIPTION_COLUMNS} FROM subscriptions WHERE id = ? AND deleted_at IS NULL`;
const BY_ID_IN = { sqlite: BY_ID, postgres: `${BY_ID} FOR UPDATE` };

const COUNT = `
  SELECT CAST(count(*) AS INTEGER) AS count FROM subscriptions WHERE client_id = ? AND deleted_at IS NULL`;

// Secrets do not outlive what they were for.
const REMOVE = `
  UPDATE subscriptions SET deleted_at = ?, secret = '', previous_secret = NULL, previous_secret_until = NULL
  WHERE id = ? AND deleted_at IS NULL`;

const COLUMNS: Record<keyof SubscriptionChanges, string> = {
  url: 'url',
  description: 'description',
  eventTypes: 'event_types',
  ordering: 'ordering',
  maxPerSecond: 'max_per_second',
  enabled: 'enabled',
  disabledReason: 'disabled_reason',
  secret: 'secret',
  previousSecret: 'previous_secret',
  previousSecretUntil: 'previous_secret_until',
  failingSince: 'failing_since',
  heldUntil: 'held_until',
};
const FIELDS = Object.keys(COLUMNS) as (keyof SubscriptionChanges)[];

/** Subscriptions in plain SQL in the caller's transaction. */
export class SqlSubscriptionRepository implements SubscriptionRepository {
  async insert(tx: Transaction, subscription: StoredSubscription): Promise<boolean> {
    const { id, clientId, role, createdAt, updatedAt, version } = subscription;
    const columns = FIELDS.map((field) => columnValue(subscription, field));
    const inserted = await tx.run(INSERT, [id, clientId, role, ...columns, createdAt, updatedAt, version]);
    if (inserted === 0) return false;
    await renewToken(tx);
    return true;
  }

  async find(tx: Transaction, id: string): Promise<StoredSubscription | undefined> {
    const row = await tx.get<SubscriptionRow>(BY_ID_IN[tx.dialect], [id]);
    return row && subscriptionOf(row);
  }

  async countOf(tx: Transaction, clientId: string): Promise<number> {
    // Two that are created at once would not see each other.
    if (tx.dialect === 'postgres') await tx.get('SELECT token FROM subscriptions_state FOR UPDATE');
    const row = await tx.get<{ count: number }>(COUNT, [clientId]);
    return row?.count ?? 0;
  }

  async change(tx: Transaction, id: string, changes: SubscriptionChanges, now: number): Promise<void> {
    const changed = FIELDS.filter((field) => changes[field] !== undefined);
    const assignments = changed.map((field) => `${COLUMNS[field]} = ?, `).join('');
    const values = changed.map((field) => columnValue(changes, field));
    await tx.run(`UPDATE subscriptions SET ${assignments}updated_at = ?, version = version + 1 WHERE id = ?`, [
      ...values,
      now,
      id,
    ]);
    await renewToken(tx);
  }

  async remove(tx: Transaction, id: string, now: number): Promise<void> {
    await tx.run(REMOVE, [now, id]);
    await renewToken(tx);
  }
}

const renewToken = (tx: Transaction): Promise<number> => tx.run('UPDATE subscriptions_state SET token = ?', [newId()]);

function columnValue(subscription: SubscriptionChanges, field: keyof SubscriptionChanges): SqlValue {
  if (field === 'eventTypes') return JSON.stringify(subscription.eventTypes);
  if (field === 'enabled') return subscription.enabled ? 1 : 0;
  return subscription[field] ?? null;
}

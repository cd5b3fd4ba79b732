import { type Queries } from '@holdfast/platform';
import { type DueSubscription, type DueSubscriptions } from '../app/ports.js';

// One look into the index of due deliveries for each subscription, however long the queues are.
const DUE = `
  SELECT id, CASE WHEN due > held THEN due ELSE held END AS "dueAt" FROM (
    SELECT s.id, coalesce(s.held_until, 0) AS held,
      (SELECT min(d.due_at) FROM deliveries d WHERE d.subscription_id = s.id AND d.status = 'pending') AS due
    FROM subscriptions s WHERE s.enabled = 1 AND s.deleted_at IS NULL) AS endpoints
  WHERE due <= ? AND held <= ?`;

export class SqlDueSubscriptions implements DueSubscriptions {
  constructor(private readonly queries: Queries) {}

  async token(): Promise<string> {
    const [state] = await this.queries.all<{ token: string }>('SELECT token FROM subscriptions_state');
    return state?.token ?? '';
  }

  async versions(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.queries.all<{ id: string; version: number }>(
      'SELECT id, version FROM subscriptions WHERE deleted_at IS NULL',
    );
    return new Map(rows.map(({ id, version }) => [id, version]));
  }

  find(until: number): Promise<DueSubscription[]> {
    return this.queries.all<DueSubscription>(DUE, [until, until]);
  }
}

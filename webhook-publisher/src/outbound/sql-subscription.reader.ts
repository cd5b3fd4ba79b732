import { type Queries, type SqlValue } from '@holdfast/platform';
import { type SubscriptionReader } from '../app/owner.ports.js';
import { type Subscription } from '../domain/subscription.js';
import { SUBSCRIPTION_COLUMNS, type SubscriptionRow, subscriptionOf } from './subscription.row.js';

const STANDING = `SELECT ${SUBSCRIPTION_COLUMNS} FROM subscriptions WHERE deleted_at IS NULL`;

/** Subscriptions in plain SQL, on the connections that only read. */
export class SqlSubscriptionReader implements SubscriptionReader {
  constructor(private readonly queries: Queries) {}

  async find(id: string): Promise<Subscription | undefined> {
    const [row] = await this.queries.all<SubscriptionRow>(`${STANDING} AND id = ?`, [id]);
    return row && subscriptionOf(row);
  }

  async list(clientId: string | undefined, beforeId: string | undefined, limit: number): Promise<Subscription[]> {
    const params: SqlValue[] = [];
    let sql = STANDING;
    if (clientId !== undefined) {
      sql += " AND client_id = ? AND role = 'client'";
      params.push(clientId);
    }
    if (beforeId !== undefined) {
      sql += ' AND id < ?';
      params.push(beforeId);
    }
    const rows = await this.queries.all<SubscriptionRow>(`${sql} ORDER BY id DESC LIMIT ?`, [...params, limit]);
    return rows.map(subscriptionOf);
  }
}

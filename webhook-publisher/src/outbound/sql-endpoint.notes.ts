import { type Transaction } from '@holdfast/platform';
import { type EndpointNotes } from '../app/ports.js';

/** Notes on endpoints, in plain SQL in the caller's transaction. */
export class SqlEndpointNotes implements EndpointNotes {
  async failing(tx: Transaction, subscriptionId: string, since: number): Promise<void> {
    await tx.run('UPDATE subscriptions SET failing_since = ? WHERE id = ? AND failing_since IS NULL', [
      since,
      subscriptionId,
    ]);
  }

  async answering(tx: Transaction, subscriptionId: string): Promise<void> {
    await tx.run('UPDATE subscriptions SET failing_since = NULL WHERE id = ?', [subscriptionId]);
  }

  async holdUntil(tx: Transaction, subscriptionId: string, until: number): Promise<void> {
    await tx.run('UPDATE subscriptions SET held_until = ? WHERE id = ? AND (held_until IS NULL OR held_until < ?)', [
      until,
      subscriptionId,
      until,
    ]);
  }
}

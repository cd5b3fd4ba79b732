import { type Transaction } from '@holdfast/platform';
import { type EndpointNotes } from '../app/ports.js';

// Attempts are stored in batches, and a later batch may be stored first: what an endpoint did last is what counts.
const FAILING = `
  UPDATE subscriptions SET failing_since = ?
  WHERE id = ? AND failing_since IS NULL AND (answered_at IS NULL OR answered_at < ?)`;

const ANSWERING = `
  UPDATE subscriptions
  SET answered_at = ?, failing_since = CASE WHEN failing_since > ? THEN failing_since ELSE NULL END
  WHERE id = ? AND (answered_at IS NULL OR answered_at < ?)`;

const HOLD = `
  UPDATE subscriptions SET held_until = ?, held_at = ?
  WHERE id = ? AND version = ? AND (held_until IS NULL OR held_until < ?)`;

/** Notes on endpoints, in plain SQL in the caller's transaction. */
export class SqlEndpointNotes implements EndpointNotes {
  async failing(tx: Transaction, subscriptionId: string, since: number): Promise<void> {
    await tx.run(FAILING, [since, subscriptionId, since]);
  }

  async answering(tx: Transaction, subscriptionId: string, at: number): Promise<void> {
    await tx.run(ANSWERING, [at, at, subscriptionId, at]);
  }

  async holdUntil(
    tx: Transaction,
    { id, version }: { id: string; version: number },
    until: number,
    at: number,
  ): Promise<void> {
    await tx.run(HOLD, [until, at, id, version, until]);
  }
}

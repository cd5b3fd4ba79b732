import { type Transaction } from '@holdfast/platform';
import { type HeldDeliveries } from '../app/owner.ports.js';

// Every delivery is due after 0; that it says so makes SQLite read the index of what is pending, not the whole history.
const MAKE_DUE = `
  UPDATE deliveries SET due_at = created_at
  WHERE subscription_id = ? AND status = 'pending' AND due_at > 0 AND lease IS NULL AND due_at > created_at`;

const END_TURNS = `
  UPDATE deliveries SET status = 'pending', due_at = created_at WHERE subscription_id = ? AND status = 'waiting'`;

const TURNS_ENDED = `
  UPDATE subjects SET pending = unfinished WHERE subscription_id = ? AND pending < unfinished`;

/** Deliveries that wait for their subscription, in plain SQL in the caller's transaction. */
export class SqlHeldDeliveries implements HeldDeliveries {
  async makeDue(tx: Transaction, subscriptionId: string): Promise<void> {
    await tx.run(MAKE_DUE, [subscriptionId]);
  }

  async endTurns(tx: Transaction, subscriptionId: string): Promise<void> {
    await tx.run(TURNS_ENDED, [subscriptionId]);
    await tx.run(END_TURNS, [subscriptionId]);
  }
}

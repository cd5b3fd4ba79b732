import { forUpdate, type Transaction } from '@holdfast/platform';
import { type HeldDeliveries, type PieceDone } from '../app/owner.ports.js';
import { endTurns, SINCE_IT_CAME } from './subject-turns.sql.js';

// Some milliseconds of a transaction; an outage of hours leaves hundreds of thousands.
const PIECE = 500;

// By the index of what has failed before. What has never been tried is due since it arrived as it is, and what somebody
// has had sent again since he asked for it.
const OLDEST = `
  SELECT id, created_at AS "createdAt" FROM deliveries
  WHERE subscription_id = ? AND finished_at IS NULL AND tries > 0 AND (created_at, id) > (?, ?)
  ORDER BY created_at, id LIMIT ?`;

const MAKE_DUE = `
  UPDATE deliveries SET due_at = ${SINCE_IT_CAME}
  WHERE id = ? AND status = 'pending' AND lease IS NULL AND due_at > created_at`;

// Each delivery is made due once: one that fails again is postponed as ever.
const GO_ON = `
  INSERT INTO releases (subscription_id, after_at, after_id) VALUES (?, ?, ?)
  ON CONFLICT (subscription_id) DO UPDATE SET after_at = excluded.after_at, after_id = excluded.after_id`;

const NEXT = `
  SELECT subscription_id AS "subscriptionId", after_at AS "createdAt", after_id AS id FROM releases
  ORDER BY subscription_id LIMIT 1`;

interface Place {
  createdAt: number;
  id: string;
}

/** Deliveries that wait for their subscription, in plain SQL in the caller's transaction. */
export class SqlHeldDeliveries implements HeldDeliveries {
  async makeDue(tx: Transaction, subscriptionId: string, now: number): Promise<void> {
    await this.makePieceDue(tx, subscriptionId, { createdAt: 0, id: '' }, now);
  }

  async makeMoreDue(tx: Transaction, now: number): Promise<PieceDone | undefined> {
    const next = await tx.get<Place & { subscriptionId: string }>(NEXT + forUpdate(tx, 'skip'));
    if (!next) return undefined;
    const { subscriptionId } = next;
    return { subscriptionId, deliveries: await this.makePieceDue(tx, subscriptionId, next, now) };
  }

  endTurns(tx: Transaction, subscriptionId: string, now: number): Promise<void> {
    return endTurns(tx, subscriptionId, now);
  }

  private async makePieceDue(tx: Transaction, subscriptionId: string, after: Place, now: number): Promise<number> {
    const piece = await tx.all<Place>(OLDEST, [subscriptionId, after.createdAt, after.id, PIECE]);
    let due = 0;
    for (const { id } of piece) due += await tx.run(MAKE_DUE, [now, now, id]);
    const last = piece.at(-1);
    if (last && piece.length === PIECE) await tx.run(GO_ON, [subscriptionId, last.createdAt, last.id]);
    else await tx.run('DELETE FROM releases WHERE subscription_id = ?', [subscriptionId]);
    return due;
  }
}

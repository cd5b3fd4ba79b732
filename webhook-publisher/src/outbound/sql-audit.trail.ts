import { type Transaction } from '@holdfast/platform';
import { type Act, type AuditDetail, type AuditTrail } from '../app/owner.ports.js';

const FIND = `
  SELECT detail FROM audit WHERE id = ? AND action = ? AND subscription_id = ? AND client_id = ? AND role = ?`;

const ENTER = `
  INSERT INTO audit (id, action, subscription_id, client_id, role, at, detail) VALUES (?, ?, ?, ?, ?, ?, ?)`;

/** The table `audit`, which nothing changes once it is written. */
export class SqlAuditTrail implements AuditTrail {
  async find(tx: Transaction, act: Act): Promise<AuditDetail | undefined> {
    const row = await tx.get<{ detail: string }>(FIND, columnsOf(act));
    return row && (JSON.parse(row.detail) as AuditDetail);
  }

  async enter(tx: Transaction, act: Act, detail: AuditDetail, now: number): Promise<void> {
    await tx.run(ENTER, [...columnsOf(act), now, JSON.stringify(detail)]);
  }
}

const columnsOf = ({ id, action, subscriptionId, caller }: Act): string[] => [
  id,
  action,
  subscriptionId,
  caller.clientId,
  caller.role,
];

import { LostRaceError, type Transaction } from '@holdfast/platform';
import { type OtherKeyUses } from '../app/ports.js';

// Those who store an answer under one key, in whichever table, take turns from here to their commit, so that each sees what
// the one before has stored. The statement comes alone: the next one sees what was committed until it began.
const ENTER_KEY = 'SELECT pg_advisory_xact_lock(hashtextextended(?, 0))';

/**
 * Looks for the key among the answers to requests of another kind. No constraint spans two tables, and PostgreSQL does not
 * show one transaction what another has not committed; there everybody stores first and looks again afterwards.
 */
export class SqlOtherKeyUses implements OtherKeyUses {
  private readonly find: string;

  /** @param table where those answers are. */
  constructor(table: 'adjustment_requests' | 'product_creations') {
    this.find = `SELECT 1 AS found FROM ${table} WHERE client_id = ? AND idempotency_key = ?`;
  }

  async has(tx: Transaction, clientId: string, key: string): Promise<boolean> {
    return (await tx.get(this.find, [clientId, key])) !== undefined;
  }

  async exclude(tx: Transaction, clientId: string, key: string): Promise<void> {
    // One transaction at a time writes to SQLite: what was not there at the first look is not there now.
    if (tx.dialect === 'sqlite') return;
    await tx.get(ENTER_KEY, [`idempotency-key/${clientId}/${key}`]);
    if (await this.has(tx, clientId, key)) throw new LostRaceError(`key ${key} of ${clientId}`);
  }
}

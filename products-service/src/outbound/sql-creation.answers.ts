import { type ProductView } from '@holdfast/contracts';
import { LostRaceError, type Transaction } from '@holdfast/platform';
import { type AnsweredCreation, type CreationAnswers } from '../app/ports.js';

const FIND = `
  SELECT request_id AS "requestId", fingerprint, answer FROM product_creations
  WHERE client_id = ? AND idempotency_key = ?`;

const INSERT = `
  INSERT INTO product_creations (client_id, idempotency_key, request_id, fingerprint, answer, created_at)
  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

/** Answers to requests for new products, in plain SQL in the caller's transaction. */
export class SqlCreationAnswers implements CreationAnswers {
  async find(tx: Transaction, clientId: string, key: string): Promise<AnsweredCreation | undefined> {
    const row = await tx.get<Omit<AnsweredCreation, 'answer'> & { answer: string }>(FIND, [clientId, key]);
    return row && { ...row, answer: JSON.parse(row.answer) as ProductView };
  }

  async insert(tx: Transaction, clientId: string, key: string, creation: AnsweredCreation): Promise<void> {
    const { requestId, fingerprint, answer } = creation;
    const row = [clientId, key, requestId, fingerprint, JSON.stringify(answer), Date.now()];
    if ((await tx.run(INSERT, row)) === 0) throw new LostRaceError(`the answer to key ${key} of ${clientId}`);
  }
}

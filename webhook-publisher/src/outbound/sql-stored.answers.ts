import { type Transaction } from '@holdfast/platform';
import { type StoredAnswer, type StoredAnswers } from '../app/owner.ports.js';

const FIND = `
  SELECT fingerprint, request_id AS "requestId", answer FROM idempotency_keys WHERE client_id = ? AND key = ?`;

const STORE = `
  INSERT INTO idempotency_keys (client_id, key, fingerprint, request_id, answer, created_at)
  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

/** Answers by idempotency key, in plain SQL in the caller's transaction. */
export class SqlStoredAnswers implements StoredAnswers {
  find(tx: Transaction, clientId: string, key: string): Promise<StoredAnswer | undefined> {
    return tx.get<StoredAnswer>(FIND, [clientId, key]);
  }

  async store(
    tx: Transaction,
    clientId: string,
    key: string,
    { fingerprint, requestId, answer }: StoredAnswer,
    now: number,
  ): Promise<boolean> {
    return (await tx.run(STORE, [clientId, key, fingerprint, requestId, answer, now])) === 1;
  }

  async replace(tx: Transaction, clientId: string, key: string, answer: string): Promise<void> {
    await tx.run('UPDATE idempotency_keys SET answer = ? WHERE client_id = ? AND key = ?', [answer, clientId, key]);
  }
}

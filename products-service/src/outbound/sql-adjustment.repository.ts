import { LostRaceError, type Transaction } from '@holdfast/platform';
import { type AdjustmentRepository, type AnsweredAdjustment, type NewAnsweredAdjustment } from '../app/ports.js';

const ANSWERED = 'SELECT request_id AS "requestId", fingerprint, answer FROM adjustment_requests';
const BY_REQUEST = `${ANSWERED} WHERE request_id = ?`;
const BY_KEY = `${ANSWERED} WHERE client_id = ? AND idempotency_key = ?`;

const INSERT = `
  INSERT INTO adjustment_requests
    (request_id, client_id, idempotency_key, fingerprint, movement_position, reason, answer, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

/** Answers to requests for adjustments, in plain SQL in the caller's transaction. */
export class SqlAdjustmentRepository implements AdjustmentRepository {
  findByRequest(tx: Transaction, requestId: string): Promise<AnsweredAdjustment | undefined> {
    return found(tx, BY_REQUEST, [requestId]);
  }

  findByKey(tx: Transaction, clientId: string, key: string): Promise<AnsweredAdjustment | undefined> {
    return found(tx, BY_KEY, [clientId, key]);
  }

  async insert(tx: Transaction, adjustment: NewAnsweredAdjustment): Promise<void> {
    const { requestId, clientId, idempotencyKey, fingerprint, movement, reason, answer } = adjustment;
    const row = [
      requestId,
      clientId,
      idempotencyKey,
      fingerprint,
      movement,
      reason,
      JSON.stringify(answer),
      Date.now(),
    ];
    if ((await tx.run(INSERT, row)) === 0) throw new LostRaceError(`the answer to adjustment ${requestId}`);
  }
}

async function found(tx: Transaction, sql: string, params: string[]): Promise<AnsweredAdjustment | undefined> {
  const row = await tx.get<Omit<AnsweredAdjustment, 'answer'> & { answer: string }>(sql, params);
  return row && { ...row, answer: JSON.parse(row.answer) as AnsweredAdjustment['answer'] };
}

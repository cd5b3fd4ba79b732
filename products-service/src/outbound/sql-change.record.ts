import { type ProductView, type Reply } from '@holdfast/contracts';
import { LostRaceError, type Transaction } from '@holdfast/platform';
import { type AnsweredChange, type ChangeRecord } from '../app/ports.js';

const ANSWER = 'SELECT answer FROM product_changes WHERE request_id = ?';

const INSERT = `
  INSERT INTO product_changes (request_id, client_id, product_id, changes, answer, created_at)
  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

/** Changes of the catalogue and their answers, in plain SQL in the caller's transaction. */
export class SqlChangeRecord implements ChangeRecord {
  async findAnswer(tx: Transaction, requestId: string): Promise<Reply<ProductView> | undefined> {
    const row = await tx.get<{ answer: string }>(ANSWER, [requestId]);
    return row && (JSON.parse(row.answer) as Reply<ProductView>);
  }

  async insert(tx: Transaction, { requestId, clientId, productId, changes, answer }: AnsweredChange): Promise<void> {
    const row = [requestId, clientId, productId, JSON.stringify(changes), JSON.stringify(answer), Date.now()];
    if ((await tx.run(INSERT, row)) === 0) throw new LostRaceError(`the answer to change ${requestId}`);
  }
}

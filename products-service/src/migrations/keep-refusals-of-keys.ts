import { dialectOf } from '@holdfast/platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { type TableWords, tableWords } from './table-words.js';

/**
 * A refused adjustment keeps its idempotency key. Of several attempts of one caller an early one may be the last to be
 * handled: what the caller was told by then must be what becomes of it.
 */
export class KeepRefusalsOfKeys1700000000006 implements MigrationInterface {
  readonly name = 'KeepRefusalsOfKeys1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    // PostgreSQL has named the rule by itself.
    if (dialectOf(runner) === 'postgres') await runner.query(`ALTER TABLE adjustment_requests DROP CONSTRAINT ${RULE}`);
    else await rebuild(runner, '');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE adjustment_requests SET idempotency_key = NULL WHERE movement_position IS NULL');
    const rule = `CONSTRAINT ${RULE} CHECK (movement_position IS NOT NULL OR idempotency_key IS NULL)`;
    if (dialectOf(runner) === 'postgres') await runner.query(`ALTER TABLE adjustment_requests ADD ${rule}`);
    else await rebuild(runner, `, ${rule}`);
  }
}

const RULE = 'adjustment_requests_check';

// request_id knows a message that is delivered again, the idempotency key a caller that asks again. answer is what both
// are answered with, as text, so that it stays the same byte for byte. A refusal has no movement.
const table = ({ key, integer, strictKeyed }: TableWords, rule: string) => `
  CREATE TABLE adjustment_requests (
    request_id        ${key}    PRIMARY KEY,
    client_id         ${key}    NOT NULL,
    idempotency_key   ${key},
    fingerprint       TEXT    NOT NULL,
    movement_position ${integer} UNIQUE REFERENCES stock_movements (position),
    reason            TEXT    NOT NULL,
    answer            TEXT    NOT NULL,
    created_at        ${integer} NOT NULL,
    UNIQUE (client_id, idempotency_key)${rule}
  )${strictKeyed}`;

/** SQLite drops no rule of a table: https://www.sqlite.org/lang_altertable.html, section 7. */
async function rebuild(runner: QueryRunner, rule: string): Promise<void> {
  await runner.query('ALTER TABLE adjustment_requests RENAME TO adjustment_requests_before');
  await runner.query(table(tableWords(runner), rule));
  await runner.query('INSERT INTO adjustment_requests SELECT * FROM adjustment_requests_before');
  await runner.query('DROP TABLE adjustment_requests_before');
  await runner.query(`
    CREATE INDEX adjustment_refusals_by_age ON adjustment_requests (movement_position, created_at)
    WHERE movement_position IS NULL`);
}

import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { type TableWords, tableWords } from './table-words.js';

export class KeepCatalogue1700000000003 implements MigrationInterface {
  readonly name = 'KeepCatalogue1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    const words = tableWords(runner);
    const statements = [...columns(words), creations(words), changes(words), MOVEMENTS_BY_PRODUCT];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX stock_movements_by_product');
    for (const table of ['product_changes', 'product_creations']) await runner.query(`DROP TABLE ${table}`);
    for (const column of ['fingerprint', 'catalogue_version']) {
      await runner.query(`ALTER TABLE products DROP COLUMN ${column}`);
    }
  }
}

// catalogue_version counts the changes that operators make; version counts those of the stock too. fingerprint: of the
// description that a product was made from. Those from before this column have none and equal no line of an import.
const columns = ({ integer }: TableWords) => [
  `ALTER TABLE products ADD COLUMN catalogue_version ${integer} NOT NULL DEFAULT 1 CHECK (catalogue_version > 0)`,
  'ALTER TABLE products ADD COLUMN fingerprint TEXT',
];

// answer is what whoever asks again with the same key is answered with, as text, so that it stays the same byte for byte.
const creations = ({ key, integer, strictKeyed }: TableWords) => `
  CREATE TABLE product_creations (
    client_id       ${key}    NOT NULL,
    idempotency_key ${key}    NOT NULL,
    request_id      TEXT    NOT NULL,
    fingerprint     TEXT    NOT NULL,
    answer          TEXT    NOT NULL,
    created_at      ${integer} NOT NULL,
    PRIMARY KEY (client_id, idempotency_key)
  )${strictKeyed}`;

// Who changed what, and the answer for a message that is delivered again: one that was refused must not be done after all.
const changes = ({ key, integer, strictKeyed }: TableWords) => `
  CREATE TABLE product_changes (
    request_id ${key}    PRIMARY KEY,
    client_id  TEXT    NOT NULL,
    product_id ${key}    REFERENCES products (id),
    changes    TEXT    NOT NULL,
    answer     TEXT    NOT NULL,
    created_at ${integer} NOT NULL
  )${strictKeyed}`;

// A page of a product's ledger costs the same however long the ledger is. It costs every movement 3 to 10 µs.
const MOVEMENTS_BY_PRODUCT = 'CREATE INDEX stock_movements_by_product ON stock_movements (product_id, position)';

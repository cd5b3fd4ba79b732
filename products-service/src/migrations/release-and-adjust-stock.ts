import { dialectOf } from '@holdfast/platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { type TableWords, tableWords } from './table-words.js';

export class ReleaseAndAdjustStock1700000000002 implements MigrationInterface {
  readonly name = 'ReleaseAndAdjustStock1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    if (dialectOf(runner) === 'sqlite') await rebuildReservations(runner, RESERVATIONS, AS_THEY_ARE);
    else await runner.query(RULES_OF_POSTGRES);
    await runner.query(adjustmentRequests(tableWords(runner)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE adjustment_requests');
    if (dialectOf(runner) === 'sqlite') return rebuildReservations(runner, RESERVATIONS_BEFORE, RELEASED_AS_REFUSED);
    for (const statement of RULES_BEFORE_OF_POSTGRES) await runner.query(statement);
  }
}

/**
 * A CHECK of SQLite is changed by a new table only: https://sqlite.org/lang_altertable.html, section 7. Nothing refers to
 * this one, so that no foreign key is to be switched off.
 */
async function rebuildReservations(runner: QueryRunner, table: string, rows: string): Promise<void> {
  await runner.query(table);
  await runner.query(`INSERT INTO reservations_rebuilt (order_id, status, lines, created_at) ${rows}`);
  await runner.query('DROP TABLE reservations');
  await runner.query('ALTER TABLE reservations_rebuilt RENAME TO reservations');
}

// lines: JSON, [{"productId", "quantity"}], one per product: what the order holds, or has held until it was released. An
// order that is released without ever having held anything has none.
const RESERVATIONS = `
  CREATE TABLE reservations_rebuilt (
    order_id   TEXT    PRIMARY KEY,
    status     TEXT    NOT NULL CHECK (status IN ('RESERVED', 'REFUSED', 'RELEASED')),
    lines      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    CHECK (status <> 'RESERVED' OR lines <> '[]'),
    CHECK (status <> 'REFUSED' OR lines = '[]')
  ) STRICT, WITHOUT ROWID`;

const AS_THEY_ARE = 'SELECT order_id, status, lines, created_at FROM reservations';

const RESERVATIONS_BEFORE = `
  CREATE TABLE reservations_rebuilt (
    order_id   TEXT    PRIMARY KEY,
    status     TEXT    NOT NULL CHECK (status IN ('RESERVED', 'REFUSED')),
    lines      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    CHECK ((status = 'REFUSED') = (lines = '[]'))
  ) STRICT, WITHOUT ROWID`;

// What is released holds nothing, and neither does what was refused: whoever asks again gets nothing.
const RELEASED_AS_REFUSED = `
  SELECT order_id, CASE status WHEN 'RESERVED' THEN 'RESERVED' ELSE 'REFUSED' END,
    CASE status WHEN 'RESERVED' THEN lines ELSE '[]' END, created_at
  FROM reservations`;

// PostgreSQL has named the rules of the table before by itself.
const RULES_OF_POSTGRES = `
  ALTER TABLE reservations DROP CONSTRAINT reservations_status_check, DROP CONSTRAINT reservations_check,
    ADD CONSTRAINT reservations_status_check CHECK (status IN ('RESERVED', 'REFUSED', 'RELEASED')),
    ADD CONSTRAINT reservations_reserved_check CHECK (status <> 'RESERVED' OR lines <> '[]'),
    ADD CONSTRAINT reservations_refused_check CHECK (status <> 'REFUSED' OR lines = '[]')`;

const RULES_BEFORE_OF_POSTGRES = [
  `ALTER TABLE reservations DROP CONSTRAINT reservations_status_check,
     DROP CONSTRAINT reservations_reserved_check, DROP CONSTRAINT reservations_refused_check`,
  "UPDATE reservations SET status = 'REFUSED', lines = '[]' WHERE status = 'RELEASED'",
  `ALTER TABLE reservations
     ADD CONSTRAINT reservations_status_check CHECK (status IN ('RESERVED', 'REFUSED')),
     ADD CONSTRAINT reservations_check CHECK ((status = 'REFUSED') = (lines = '[]'))`,
];

// request_id knows a message that is delivered again, the idempotency key a caller that asks again. answer is what both
// are answered with, as text, so that it stays the same byte for byte. A refusal has no movement and is kept for its own
// message only: delivered again, it must not be done after all; asked for again, it may be possible by then.
const adjustmentRequests = ({ key, integer, strictKeyed }: TableWords) => `
  CREATE TABLE adjustment_requests (
    request_id        ${key}    PRIMARY KEY,
    client_id         ${key}    NOT NULL,
    idempotency_key   ${key},
    fingerprint       TEXT    NOT NULL,
    movement_position ${integer} UNIQUE REFERENCES stock_movements (position),
    reason            TEXT    NOT NULL,
    answer            TEXT    NOT NULL,
    created_at        ${integer} NOT NULL,
    UNIQUE (client_id, idempotency_key),
    CHECK (movement_position IS NOT NULL OR idempotency_key IS NULL)
  )${strictKeyed}`;

import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class ReleaseAndAdjustStock1700000000002 implements MigrationInterface {
  readonly name = 'ReleaseAndAdjustStock1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await rebuildReservations(runner, RESERVATIONS, 'SELECT order_id, status, lines, created_at FROM reservations');
    await runner.query(ADJUSTMENT_REQUESTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE adjustment_requests');
    await rebuildReservations(runner, RESERVATIONS_BEFORE, RELEASED_AS_REFUSED);
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

// request_id knows a message that is delivered again, the idempotency key a caller that asks again. answer is what both
// are answered with, as text, so that it stays the same byte for byte. A refusal has no movement and is kept for its own
// message only: delivered again, it must not be done after all; asked for again, it may be possible by then.
const ADJUSTMENT_REQUESTS = `
  CREATE TABLE adjustment_requests (
    request_id        TEXT    PRIMARY KEY,
    client_id         TEXT    NOT NULL,
    idempotency_key   TEXT,
    fingerprint       TEXT    NOT NULL,
    movement_position INTEGER UNIQUE REFERENCES stock_movements (position),
    reason            TEXT    NOT NULL,
    answer            TEXT    NOT NULL,
    created_at        INTEGER NOT NULL,
    UNIQUE (client_id, idempotency_key),
    CHECK (movement_position IS NOT NULL OR idempotency_key IS NULL)
  ) STRICT, WITHOUT ROWID`;

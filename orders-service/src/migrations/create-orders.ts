import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateOrders1700000000001 implements MigrationInterface {
  readonly name = 'CreateOrders1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE orders (
        id               TEXT    PRIMARY KEY,
        client_id        TEXT    NOT NULL,
        idempotency_key  TEXT    NOT NULL,
        status           TEXT    NOT NULL CHECK (status IN ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED')),
        reference        TEXT,
        total_amount     INTEGER CHECK (total_amount >= 0),
        currency         TEXT,
        rejection_reason TEXT,
        rejection_detail TEXT,
        created_at       INTEGER NOT NULL,
        updated_at       INTEGER NOT NULL,
        version          INTEGER NOT NULL CHECK (version > 0),
        ask_again_at     INTEGER NOT NULL,
        asks             INTEGER NOT NULL,
        CHECK (status <> 'CONFIRMED' OR (total_amount IS NOT NULL AND currency IS NOT NULL)),
        CHECK (status <> 'REJECTED' OR rejection_reason IS NOT NULL)
      ) WITHOUT ROWID`);
    // Only what the reconciler looks for: an order leaves the index when it is decided.
    await runner.query(`CREATE INDEX orders_pending ON orders (ask_again_at) WHERE status = 'PENDING'`);
    await runner.query(`
      CREATE TABLE order_items (
        order_id    TEXT    NOT NULL REFERENCES orders (id),
        line        INTEGER NOT NULL,
        product_id  TEXT    NOT NULL,
        quantity    INTEGER NOT NULL CHECK (quantity > 0),
        sku         TEXT,
        name        TEXT,
        unit_amount INTEGER CHECK (unit_amount >= 0),
        currency    TEXT,
        PRIMARY KEY (order_id, line)
      ) WITHOUT ROWID`);
    await runner.query(`
      CREATE TABLE idempotency_keys (
        client_id   TEXT    NOT NULL,
        key         TEXT    NOT NULL,
        fingerprint TEXT    NOT NULL,
        order_id    TEXT    NOT NULL REFERENCES orders (id),
        answer      TEXT    NOT NULL,
        created_at  INTEGER NOT NULL,
        PRIMARY KEY (client_id, key)
      ) WITHOUT ROWID`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['idempotency_keys', 'order_items', 'orders']) await runner.query(`DROP TABLE ${table}`);
  }
}

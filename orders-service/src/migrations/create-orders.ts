import { sqlTypes } from '@holdfast/platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateOrders1700000000001 implements MigrationInterface {
  readonly name = 'CreateOrders1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    const { integer, key, keyedTable } = sqlTypes(runner);
    await runner.query(`
      CREATE TABLE orders (
        id               ${key}    PRIMARY KEY,
        client_id        ${key}    NOT NULL,
        idempotency_key  ${key}    NOT NULL,
        status           ${key}    NOT NULL CHECK (status IN ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED')),
        reference        ${key},
        total_amount     ${integer} CHECK (total_amount >= 0),
        currency         TEXT,
        rejection_reason TEXT,
        rejection_detail TEXT,
        created_at       ${integer} NOT NULL,
        updated_at       ${integer} NOT NULL,
        version          ${integer} NOT NULL CHECK (version > 0),
        ask_again_at     ${integer} NOT NULL,
        asks             ${integer} NOT NULL,
        CHECK (status <> 'CONFIRMED' OR (total_amount IS NOT NULL AND currency IS NOT NULL)),
        CHECK (status <> 'REJECTED' OR rejection_reason IS NOT NULL)
      )${keyedTable}`);
    // Only what the reconciler looks for: an order leaves the index when it is decided.
    await runner.query(`CREATE INDEX orders_pending ON orders (ask_again_at) WHERE status = 'PENDING'`);
    await runner.query(`
      CREATE TABLE order_items (
        order_id    ${key}    NOT NULL REFERENCES orders (id),
        line        ${integer} NOT NULL,
        product_id  TEXT    NOT NULL,
        quantity    ${integer} NOT NULL CHECK (quantity > 0),
        sku         TEXT,
        name        TEXT,
        unit_amount ${integer} CHECK (unit_amount >= 0),
        currency    TEXT,
        PRIMARY KEY (order_id, line)
      )${keyedTable}`);
    await runner.query(`
      CREATE TABLE idempotency_keys (
        client_id   ${key}    NOT NULL,
        key         ${key}    NOT NULL,
        fingerprint TEXT    NOT NULL,
        order_id    ${key}    NOT NULL REFERENCES orders (id),
        answer      TEXT    NOT NULL,
        created_at  ${integer} NOT NULL,
        PRIMARY KEY (client_id, key)
      )${keyedTable}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['idempotency_keys', 'order_items', 'orders']) await runner.query(`DROP TABLE ${table}`);
  }
}

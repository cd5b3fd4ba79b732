import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateProducts1700000000001 implements MigrationInterface {
  readonly name = 'CreateProducts1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [PRODUCTS, RESERVATIONS, STOCK_MOVEMENTS, ...LEDGER_RULES]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['stock_movements', 'reservations', 'products']) await runner.query(`DROP TABLE ${table}`);
  }
}

const PRODUCTS = `
  CREATE TABLE products (
    id                  TEXT    PRIMARY KEY,
    sku                 TEXT    NOT NULL UNIQUE,
    name                TEXT    NOT NULL,
    price_amount        INTEGER NOT NULL CHECK (price_amount >= 0),
    price_currency      TEXT    NOT NULL,
    available           INTEGER NOT NULL CHECK (available >= 0),
    reserved            INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    sold                INTEGER NOT NULL DEFAULT 0 CHECK (sold >= 0),
    supplier_id         TEXT,
    low_stock_threshold INTEGER CHECK (low_stock_threshold >= 0),
    request_id          TEXT    NOT NULL,
    version             INTEGER NOT NULL CHECK (version > 0),
    created_at          INTEGER NOT NULL,
    updated_at          INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`;

// lines: JSON, [{"productId", "quantity"}], one per product: what the order holds and would give back.
const RESERVATIONS = `
  CREATE TABLE reservations (
    order_id   TEXT    PRIMARY KEY,
    status     TEXT    NOT NULL CHECK (status IN ('RESERVED', 'REFUSED')),
    lines      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    CHECK ((status = 'REFUSED') = (lines = '[]'))
  ) STRICT, WITHOUT ROWID`;

// Units enter and leave with restocks and write-offs; every other movement only changes where they are.
const STOCK_MOVEMENTS = `
  CREATE TABLE stock_movements (
    position        INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id      TEXT    NOT NULL REFERENCES products (id),
    kind            TEXT    NOT NULL CHECK (kind IN ('initial', 'restock', 'write-off', 'reserve', 'release', 'sell')),
    available_delta INTEGER NOT NULL,
    reserved_delta  INTEGER NOT NULL,
    sold_delta      INTEGER NOT NULL,
    order_id        TEXT,
    created_at      INTEGER NOT NULL,
    CHECK (kind IN ('initial', 'restock', 'write-off') OR available_delta + reserved_delta + sold_delta = 0),
    CHECK (kind IN ('initial', 'restock', 'write-off') OR order_id IS NOT NULL)
  ) STRICT`;

// A ledger that can be rewritten proves nothing. Mistakes are mended by further movements.
const LEDGER_RULES = ['UPDATE', 'DELETE'].map(
  (change) => `
    CREATE TRIGGER stock_movements_no_${change.toLowerCase()} BEFORE ${change} ON stock_movements
    BEGIN SELECT raise(ABORT, 'the stock ledger only grows'); END`,
);

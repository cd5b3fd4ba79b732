import { dialectOf } from '@holdfast/platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { type TableWords, tableWords } from './table-words.js';

export class CreateProducts1700000000001 implements MigrationInterface {
  readonly name = 'CreateProducts1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    const words = tableWords(runner);
    const ledgerRules = dialectOf(runner) === 'sqlite' ? LEDGER_RULES : LEDGER_RULES_OF_POSTGRES;
    const statements = [products(words), reservations(words), stockMovements(words), ...ledgerRules];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['stock_movements', 'reservations', 'products']) await runner.query(`DROP TABLE ${table}`);
    if (dialectOf(runner) === 'postgres') await runner.query('DROP FUNCTION refuse_change_of_stock_ledger');
  }
}

const products = ({ key, integer, strictKeyed }: TableWords) => `
  CREATE TABLE products (
    id                  ${key}    PRIMARY KEY,
    sku                 ${key}    NOT NULL UNIQUE,
    name                TEXT    NOT NULL,
    price_amount        ${integer} NOT NULL CHECK (price_amount >= 0),
    price_currency      TEXT    NOT NULL,
    available           ${integer} NOT NULL CHECK (available >= 0),
    reserved            ${integer} NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    sold                ${integer} NOT NULL DEFAULT 0 CHECK (sold >= 0),
    supplier_id         TEXT,
    low_stock_threshold ${integer} CHECK (low_stock_threshold >= 0),
    request_id          TEXT    NOT NULL,
    version             ${integer} NOT NULL CHECK (version > 0),
    created_at          ${integer} NOT NULL,
    updated_at          ${integer} NOT NULL
  )${strictKeyed}`;

// lines: JSON, [{"productId", "quantity"}], one per product: what the order holds and would give back.
const reservations = ({ key, integer, strictKeyed }: TableWords) => `
  CREATE TABLE reservations (
    order_id   ${key}    PRIMARY KEY,
    status     TEXT    NOT NULL CHECK (status IN ('RESERVED', 'REFUSED')),
    lines      TEXT    NOT NULL,
    created_at ${integer} NOT NULL,
    CHECK ((status = 'REFUSED') = (lines = '[]'))
  )${strictKeyed}`;

// Units enter and leave with restocks and write-offs; every other movement only changes where they are.
const stockMovements = ({ id, key, integer, strict }: TableWords) => `
  CREATE TABLE stock_movements (
    position        ${id},
    product_id      ${key}    NOT NULL REFERENCES products (id),
    kind            TEXT    NOT NULL CHECK (kind IN ('initial', 'restock', 'write-off', 'reserve', 'release', 'sell')),
    available_delta ${integer} NOT NULL,
    reserved_delta  ${integer} NOT NULL,
    sold_delta      ${integer} NOT NULL,
    order_id        TEXT,
    created_at      ${integer} NOT NULL,
    CHECK (kind IN ('initial', 'restock', 'write-off') OR available_delta + reserved_delta + sold_delta = 0),
    CHECK (kind IN ('initial', 'restock', 'write-off') OR order_id IS NOT NULL)
  )${strict}`;

// A ledger that can be rewritten proves nothing. Mistakes are mended by further movements.
const LEDGER_RULES = ['UPDATE', 'DELETE'].map(
  (change) => `
    CREATE TRIGGER stock_movements_no_${change.toLowerCase()} BEFORE ${change} ON stock_movements
    BEGIN SELECT raise(ABORT, 'the stock ledger only grows'); END`,
);

const LEDGER_RULES_OF_POSTGRES = [
  `CREATE FUNCTION refuse_change_of_stock_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN RAISE EXCEPTION 'the stock ledger only grows' USING ERRCODE = 'restrict_violation'; END $$`,
  `CREATE TRIGGER stock_movements_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_movements
   FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_stock_ledger()`,
];

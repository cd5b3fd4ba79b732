import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, type DatabaseLocation } from '@holdfast/platform';
import { dialects, TestDatabase } from '@holdfast/testing';
import { DataSource } from 'typeorm';
import { productsSchema } from '../src/app.module.js';

const { migrations } = productsSchema;
const [eventLog, createProducts, releaseAndAdjust] = migrations;

/** The schema as it was when so many of the service's migrations were the last. */
const before = (...known: unknown[]) => ({ entities: [], migrations: known as typeof migrations });

/** The database as TypeORM has it, which alone takes migrations back. */
function sourceOf(location: DatabaseLocation): Promise<DataSource> {
  const source =
    location.dialect === 'sqlite'
      ? new DataSource({ type: 'better-sqlite3', database: location.file, migrations })
      : new DataSource({ type: 'postgres', url: location.url, migrations, installExtensions: false });
  return source.initialize();
}

/** Takes migrations back, the one of this name last. */
async function undoTo(source: DataSource, name: string): Promise<void> {
  while ((await source.query(`SELECT name FROM migrations WHERE name LIKE '${name}%'`)).length > 0) {
    await source.undoLastMigration();
  }
}

describe.each(dialects)('the migrations on %s', (dialect) => {
  let test: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    test = await TestDatabase.create(dialect);
  });
  afterEach(() => test.close());

  /** Brings the database up to date from an earlier version, in which it held some rows. */
  async function upgrade(from: ReturnType<typeof before>, rows: string): Promise<void> {
    const old = await test.open(from);
    await old.unitOfWork.run((tx) => tx.run(rows));
    await old.close();
    database = await test.open(productsSchema);
  }
  const rows = (sql: string) => database.queries.all<Record<string, unknown>>(sql);
  const run = (sql: string) => database.unitOfWork.run((tx) => tx.run(sql));

  describe('that lets orders give stock back', () => {
    const RESERVATIONS = 'SELECT * FROM reservations ORDER BY order_id';
    const HELD = { order_id: 'held', status: 'RESERVED', lines: '[{"productId":"p","quantity":2}]', created_at: 7 };
    const REFUSED = { order_id: 'refused', status: 'REFUSED', lines: '[]', created_at: 8 };

    beforeEach(() =>
      upgrade(
        before(eventLog, createProducts),
        `INSERT INTO reservations (order_id, status, lines, created_at)
         VALUES ('held', 'RESERVED', '[{"productId":"p","quantity":2}]', 7), ('refused', 'REFUSED', '[]', 8)`,
      ),
    );

    it('keeps what orders hold, and lets them release it', async () => {
      expect(await rows(RESERVATIONS)).toEqual([HELD, REFUSED]);
      await run("UPDATE reservations SET status = 'RELEASED'");
      expect(await rows(RESERVATIONS)).toEqual([
        { ...HELD, status: 'RELEASED' },
        { ...REFUSED, status: 'RELEASED' },
      ]);
    });

    it('refuses reservations that cannot be', async () => {
      const impossible = {
        'of nothing': `VALUES ('x', 'RESERVED', '[]', 0)`,
        'refused, and holding something': `VALUES ('x', 'REFUSED', '[{}]', 0)`,
        'in another state': `VALUES ('x', 'SOLD', '[]', 0)`,
        'of an order that has one': `VALUES ('held', 'REFUSED', '[]', 0)`,
      };
      for (const values of Object.values(impossible)) {
        await expect(run(`INSERT INTO reservations ${values}`)).rejects.toMatchObject({
          message: expect.stringContaining('constraint'),
        });
      }
    });

    it('can be taken back: what was released holds nothing', async () => {
      await run("INSERT INTO reservations VALUES ('given back', 'RELEASED', '[{}]', 9)");
      await database.close();
      const source = await sourceOf(test.location);
      await undoTo(source, 'ReleaseAndAdjustStock');
      await source.destroy();
      database = await test.open(before(eventLog, createProducts));
      expect(await rows(RESERVATIONS)).toEqual([
        { order_id: 'given back', status: 'REFUSED', lines: '[]', created_at: 9 },
        HELD,
        REFUSED,
      ]);
      await expect(run("UPDATE reservations SET status = 'RELEASED'")).rejects.toMatchObject({
        message: expect.stringContaining('constraint'),
      });
    });
  });

  it('that keeps the catalogue starts to count for the products that there are, and loses none when taken back', async () => {
    const earlier = before(eventLog, createProducts, releaseAndAdjust);
    await upgrade(
      earlier,
      `INSERT INTO products (id, sku, name, price_amount, price_currency, available, request_id, version, created_at,
         updated_at) VALUES ('mug', 'mug', 'A mug', 1250, 'EUR', 5, 'r', 7, 1, 2)`,
    );
    expect(await rows('SELECT version, catalogue_version, fingerprint FROM products')).toEqual([
      { version: 7, catalogue_version: 1, fingerprint: null },
    ]);
    await database.close();
    const source = await sourceOf(test.location);
    await undoTo(source, 'KeepCatalogue');
    await source.destroy();
    database = await test.open(earlier);
    const [mug] = await rows('SELECT * FROM products');
    expect(mug).toMatchObject({ id: 'mug', available: 5, reserved: 0, version: 7 });
    expect(Object.keys(mug ?? {})).not.toContain('catalogue_version');
  });

  it('that lets refusals keep their keys loses no answer, and takes the keys with it when taken back', async () => {
    const earlier = before(...migrations.slice(0, -1));
    const columns = 'request_id, client_id, idempotency_key, fingerprint, reason, answer, created_at';
    await upgrade(
      earlier,
      `INSERT INTO adjustment_requests (${columns}) VALUES ('one', 'ops', NULL, 'f', 'r', 'a', 7)`,
    );
    await run(`INSERT INTO adjustment_requests (${columns}) VALUES ('two', 'ops', 'key', 'f', 'r', 'a', 8)`);
    const keys = () => rows('SELECT request_id, idempotency_key, created_at FROM adjustment_requests ORDER BY 1');
    expect(await keys()).toMatchObject([{ request_id: 'one' }, { request_id: 'two', idempotency_key: 'key' }]);
    await database.close();
    const source = await sourceOf(test.location);
    await undoTo(source, 'KeepRefusalsOfKeys');
    await source.destroy();
    database = await test.open(earlier);
    expect(await keys()).toEqual([
      { request_id: 'one', idempotency_key: null, created_at: 7 },
      { request_id: 'two', idempotency_key: null, created_at: 8 },
    ]);
  });

  it('can all be taken back, and made again', async () => {
    database = await test.open(productsSchema);
    await database.close();
    const source = await sourceOf(test.location);
    for (const _ of migrations) await source.undoLastMigration();
    await source.runMigrations();
    await source.destroy();
    database = await test.open(productsSchema);
    expect(await rows('SELECT * FROM products')).toEqual([]);
  });
});

const TABLES = `('products', 'reservations', 'stock_movements', 'adjustment_requests', 'product_creations', 'product_changes')`;

it('SQLite files are left as earlier versions know them', async () => {
  const test = await TestDatabase.create('sqlite');
  const { queries } = await test.open(productsSchema);
  const rows = await queries.all<{ sql: string }>(
    `SELECT sql FROM sqlite_master WHERE tbl_name IN ${TABLES} AND sql IS NOT NULL ORDER BY tbl_name, type DESC, name`,
  );
  const known = readFileSync(join(__dirname, 'sqlite-schema.sql'), 'utf8');
  expect(rows.map(({ sql }) => `${sql};\n`).join('')).toBe(known);
  await test.close();
});

it('PostgreSQL compares ids, skus and keys as SQLite does, whatever the language of the database', async () => {
  const test = await TestDatabase.create('postgres');
  const { queries } = await test.open(productsSchema);
  const rows = await queries.all<{ column: string }>(
    `SELECT DISTINCT c.table_name || '.' || c.column_name AS column FROM information_schema.columns c
     JOIN pg_index i ON i.indrelid = CAST(c.table_name AS regclass) AND c.ordinal_position = ANY (CAST(i.indkey AS int2[]))
     WHERE c.table_name IN ${TABLES} AND c.data_type = 'text' AND c.collation_name IS DISTINCT FROM 'C'`,
  );
  expect(rows).toEqual([]);
  await test.close();
});

import { join } from 'node:path';
import { newDataDir } from '@holdfast/testing';
import { DataSource } from 'typeorm';
import { productsSchema } from '../src/app.module.js';
import { KeepCatalogue1700000000003 } from '../src/migrations/keep-catalogue.js';

const [eventLog, createProducts, ...later] = productsSchema.migrations;
const RELEASE_AND_ADJUST = 'ReleaseAndAdjustStock1700000000002';

/** A database as it was before orders could be cancelled, with what an order holds and what another was refused. */
async function before(): Promise<DataSource> {
  const source = await open(join(newDataDir(), 'products.db'), [eventLog, createProducts]);
  await source.runMigrations();
  await source.query(`
    INSERT INTO reservations (order_id, status, lines, created_at)
    VALUES ('held', 'RESERVED', '[{"productId":"p","quantity":2}]', 7), ('refused', 'REFUSED', '[]', 8)`);
  await source.destroy();
  return open(String(source.options.database), [eventLog, createProducts, ...later]);
}

function open(database: string, migrations: unknown[]): Promise<DataSource> {
  return new DataSource({
    type: 'better-sqlite3',
    database,
    migrations: migrations as typeof productsSchema.migrations,
    migrationsTransactionMode: 'each',
  }).initialize();
}

const reservations = (source: DataSource) => source.query('SELECT * FROM reservations ORDER BY order_id');

const HELD = { order_id: 'held', status: 'RESERVED', lines: '[{"productId":"p","quantity":2}]', created_at: 7 };
const REFUSED = { order_id: 'refused', status: 'REFUSED', lines: '[]', created_at: 8 };

describe('the migration that lets orders give stock back', () => {
  let source: DataSource;

  beforeEach(async () => {
    source = await before();
    await source.runMigrations();
  });
  afterEach(() => source.destroy());

  it('keeps what orders hold, and lets them release it', async () => {
    expect(await reservations(source)).toEqual([HELD, REFUSED]);
    await source.query("UPDATE reservations SET status = 'RELEASED'");
    expect(await reservations(source)).toEqual([
      { ...HELD, status: 'RELEASED' },
      { ...REFUSED, status: 'RELEASED' },
    ]);
  });

  it.each([
    ['a reservation of nothing', `VALUES ('x', 'RESERVED', '[]', 0)`],
    ['a refusal that holds something', `VALUES ('x', 'REFUSED', '[{}]', 0)`],
    ['another state', `VALUES ('x', 'SOLD', '[]', 0)`],
    ['a second reservation of an order', `VALUES ('held', 'REFUSED', '[]', 0)`],
  ])('refuses %s', async (_name, values) => {
    await expect(source.query(`INSERT INTO reservations ${values}`)).rejects.toMatchObject({
      message: expect.stringContaining('constraint failed'),
    });
  });

  it('can be undone: what was released holds nothing', async () => {
    await source.query("INSERT INTO reservations VALUES ('given back', 'RELEASED', '[{}]', 9)");
    while ((await lastMigration(source)) !== RELEASE_AND_ADJUST) await source.undoLastMigration();
    await source.undoLastMigration();
    expect(await reservations(source)).toEqual([
      { order_id: 'given back', status: 'REFUSED', lines: '[]', created_at: 9 },
      HELD,
      REFUSED,
    ]);
  });
});

async function lastMigration(source: DataSource): Promise<string | undefined> {
  const rows: { name: string }[] = await source.query('SELECT name FROM migrations ORDER BY id DESC LIMIT 1');
  return rows[0]?.name;
}

describe('the migration that keeps the catalogue', () => {
  const BEFORE = [eventLog, createProducts, later[0]];
  const insert = (id: string) => `
    INSERT INTO products (id, sku, name, price_amount, price_currency, available, request_id, version, created_at, updated_at)
    VALUES ('${id}', '${id}', 'A mug', 1250, 'EUR', 5, 'r', 7, 1, 2)`;

  it('starts to count for the products that there are, and can be undone without losing one', async () => {
    const file = join(newDataDir(), 'products.db');
    const old = await open(file, BEFORE);
    await old.runMigrations();
    await old.query(insert('mug'));
    const rowBefore = await old.query('SELECT * FROM products');
    await old.destroy();
    const source = await open(file, [...BEFORE, KeepCatalogue1700000000003]);
    await source.runMigrations();
    expect(await source.query('SELECT version, catalogue_version, fingerprint FROM products')).toEqual([
      { version: 7, catalogue_version: 1, fingerprint: null },
    ]);
    await source.undoLastMigration();
    expect(await source.query('SELECT * FROM products')).toEqual(rowBefore);
    await source.destroy();
  });
});

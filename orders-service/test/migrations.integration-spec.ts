import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, type DatabaseLocation } from '@holdfast/platform';
import { dialects, TestDatabase } from '@holdfast/testing';
import { DataSource } from 'typeorm';
import { ordersSchema } from '../src/app.module.js';

const PRODUCT = '019ABF2A-11D0-7B5E-9F43-0C6A7D2E8B15';

const [eventLog, createOrders, addCancellation] = ordersSchema.migrations;
const earlier = [eventLog, createOrders, addCancellation] as typeof ordersSchema.migrations;

/** The database as TypeORM has it, which alone takes migrations back. */
function sourceOf(location: DatabaseLocation): Promise<DataSource> {
  const { migrations } = ordersSchema;
  const source =
    location.dialect === 'sqlite'
      ? new DataSource({ type: 'better-sqlite3', database: location.file, migrations })
      : new DataSource({ type: 'postgres', url: location.url, migrations, installExtensions: false });
  return source.initialize();
}

describe.each(dialects)('the migrations on %s', (dialect) => {
  let test: TestDatabase;
  let database: Database;

  /** A database as it was before orders could be listed, with an order of three lines, brought up to date. */
  beforeEach(async () => {
    test = await TestDatabase.create(dialect);
    const before = await test.open({ entities: [], migrations: earlier });
    await before.unitOfWork.run(async (tx) => {
      await tx.run(`
        INSERT INTO orders (id, client_id, idempotency_key, status, created_at, updated_at, version, ask_again_at, asks)
        VALUES ('o-1', 'shop', 'k-1', 'PENDING', 7, 7, 1, 8, 0)`);
      await tx.run(`
        INSERT INTO order_items (order_id, line, product_id, quantity, sku)
        VALUES ('o-1', 0, 'mug', 1, NULL), ('o-1', 1, '${PRODUCT}', 2, NULL), ('o-1', 2, 'p', 3, 'lamp')`);
    });
    await before.close();
    database = await test.open(ordersSchema);
  });
  afterEach(() => test.close());

  const items = () => database.queries.all<Record<string, unknown>>('SELECT * FROM order_items ORDER BY line');

  it('keep every line, and have it found by what it was ordered as', async () => {
    const ofOrder = {
      order_id: 'o-1',
      client_id: 'shop',
      created_at: 7,
      name: null,
      unit_amount: null,
      currency: null,
    };
    expect(await items()).toEqual([
      { ...ofOrder, line: 0, product_id: 'mug', quantity: 1, sku: null, ordered_as: 'mug' },
      { ...ofOrder, line: 1, product_id: PRODUCT, quantity: 2, sku: null, ordered_as: PRODUCT.toLowerCase() },
      { ...ofOrder, line: 2, product_id: 'p', quantity: 3, sku: 'lamp', ordered_as: 'p' },
    ]);
  });

  it('can be taken back', async () => {
    await database.close();
    const source = await sourceOf(test.location);
    while ((await source.query("SELECT name FROM migrations WHERE name LIKE 'IndexOrderLists%'")).length > 0) {
      await source.undoLastMigration();
    }
    expect(Object.keys((await source.query('SELECT * FROM order_items'))[0])).not.toContain('ordered_as');
    await source.runMigrations();
    await source.destroy();
    database = await test.open(ordersSchema);
    expect((await items()).map(({ ordered_as }) => ordered_as)).toEqual(['mug', PRODUCT.toLowerCase(), 'p']);
  });

  it('can all be taken back', async () => {
    await database.close();
    const source = await sourceOf(test.location);
    for (const _ of ordersSchema.migrations) await source.undoLastMigration();
    await source.runMigrations();
    await source.destroy();
    database = await test.open(ordersSchema);
    expect(await items()).toEqual([]);
  });
});

describe.each(dialects)('the tables on %s', (dialect) => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await TestDatabase.create(dialect);
    database = await test.open(ordersSchema);
    await run(...order({ id: 'o-1' }));
  });
  afterAll(() => test.close());

  const run = (sql: string, params: (string | number | null)[] = []) =>
    database.unitOfWork.run((tx) => tx.run(sql, params));
  const order = (given: Record<string, string | number | null>): [string, (string | number | null)[]] => {
    const row = {
      ...{ id: 'o-2', client_id: 'shop', idempotency_key: 'k', status: 'PENDING', created_at: 1, updated_at: 1 },
      ...{ version: 1, ask_again_at: 1, asks: 0, ...given },
    };
    const columns = Object.keys(row);
    return [
      `INSERT INTO orders (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      Object.values(row),
    ];
  };
  const line = (
    orderId: string,
    quantity: number,
    unitAmount: number | null = null,
  ): [string, (string | number | null)[]] => [
    `INSERT INTO order_items (order_id, line, product_id, quantity, unit_amount, ordered_as, client_id, created_at)
     VALUES (?, 9, 'mug', ?, ?, 'mug', 'shop', 7)`,
    [orderId, quantity, unitAmount],
  ];

  it.each<[string, RegExp, [string, (string | number | null)[]]]>([
    ['an order in a state that is none', /check/i, order({ status: 'LOST' })],
    ['a confirmed order without a total', /check/i, order({ status: 'CONFIRMED', currency: 'EUR' })],
    ['a confirmed order without a currency', /check/i, order({ status: 'CONFIRMED', total_amount: 1 })],
    ['a rejected order without a reason', /check/i, order({ status: 'REJECTED' })],
    ['a total below zero', /check/i, order({ total_amount: -1 })],
    ['a version below one', /check/i, order({ version: 0 })],
    ['an order that is there', /unique/i, order({ id: 'o-1' })],
    ['a line of no order', /foreign key/i, line('o-2', 1)],
    ['a line of nothing', /check/i, line('o-1', 0)],
    ['a price below zero', /check/i, line('o-1', 1, -1)],
    [
      'an answer about no order',
      /foreign key/i,
      ["INSERT INTO idempotency_keys VALUES ('shop', 'k', '', 'o-2', '{}', 1)", []],
    ],
  ])('refuse %s', async (_name, reason, [sql, params]) => {
    await expect(run(sql, params)).rejects.toMatchObject({ message: expect.stringMatching(reason) });
  });
});

it('SQLite files are left as earlier versions know them', async () => {
  const test = await TestDatabase.create('sqlite');
  const database = await test.open(ordersSchema);
  const rows = await database.queries.all<{ sql: string }>(
    `SELECT sql FROM sqlite_master WHERE tbl_name IN ('orders', 'order_items', 'idempotency_keys') AND sql IS NOT NULL
     ORDER BY tbl_name, type DESC, name`,
  );
  const known = readFileSync(join(__dirname, 'sqlite-schema.sql'), 'utf8');
  expect(rows.map(({ sql }) => `${sql};\n`).join('')).toBe(known);
  await test.close();
});

it('PostgreSQL compares ids and keys as SQLite does, whatever the language of the database', async () => {
  const test = await TestDatabase.create('postgres');
  const database = await test.open(ordersSchema);
  const rows = await database.queries.all<{ column: string }>(
    `SELECT DISTINCT c.table_name || '.' || c.column_name AS column FROM information_schema.columns c
     JOIN pg_index i ON i.indrelid = CAST(c.table_name AS regclass) AND c.ordinal_position = ANY (CAST(i.indkey AS int2[]))
     WHERE c.table_name IN ('orders', 'order_items', 'idempotency_keys') AND c.data_type = 'text'
       AND c.collation_name IS DISTINCT FROM 'C'`,
  );
  expect(rows).toEqual([]);
  await test.close();
});

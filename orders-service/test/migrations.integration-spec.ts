import { join } from 'node:path';
import { newDataDir } from '@holdfast/testing';
import { DataSource } from 'typeorm';
import { ordersSchema } from '../src/app.module.js';

const PRODUCT = '019ABF2A-11D0-7B5E-9F43-0C6A7D2E8B15';

const [eventLog, createOrders, addCancellation, ...later] = ordersSchema.migrations;
const earlier = [eventLog, createOrders, addCancellation];

function open(database: string, migrations: unknown[]): Promise<DataSource> {
  return new DataSource({
    type: 'better-sqlite3',
    database,
    migrations: migrations as typeof ordersSchema.migrations,
    migrationsTransactionMode: 'each',
    prepareDatabase: (connection: { pragma(text: string): void }) => connection.pragma('foreign_keys = ON'),
  }).initialize();
}

/** A database as it was before orders could be listed, with an order of three lines. */
async function before(): Promise<DataSource> {
  const source = await open(join(newDataDir(), 'orders.db'), earlier);
  await source.runMigrations();
  await source.query(`
    INSERT INTO orders (id, client_id, idempotency_key, status, created_at, updated_at, version, ask_again_at, asks)
    VALUES ('o-1', 'shop', 'k-1', 'PENDING', 7, 7, 1, 8, 0)`);
  await source.query(`
    INSERT INTO order_items (order_id, line, product_id, quantity, sku)
    VALUES ('o-1', 0, 'mug', 1, NULL), ('o-1', 1, '${PRODUCT}', 2, NULL), ('o-1', 2, 'p', 3, 'lamp')`);
  await source.destroy();
  return open(String(source.options.database), [...earlier, ...later]);
}

describe('the migration behind lists of orders', () => {
  let source: DataSource;

  beforeEach(async () => {
    source = await before();
    await source.runMigrations();
  });
  afterEach(() => source.destroy());

  const items = () => source.query('SELECT * FROM order_items ORDER BY line');

  it('keeps every line, and has it found by what it was ordered as', async () => {
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

  it('still refuses a line of no order, and one of nothing', async () => {
    const values = (order: string, quantity: number) =>
      source.query('INSERT INTO order_items VALUES (?, 9, ?, ?, NULL, NULL, NULL, NULL, ?, ?, 7)', [
        ...[order, 'mug', quantity, 'mug', 'shop'],
      ]);
    await expect(values('o-2', 1)).rejects.toThrow('FOREIGN KEY');
    await expect(values('o-1', 0)).rejects.toThrow('CHECK');
  });

  it('can be taken back', async () => {
    while ((await source.query("SELECT name FROM migrations WHERE name LIKE 'IndexOrderLists%'")).length > 0) {
      await source.undoLastMigration();
    }
    expect(Object.keys((await items())[0])).not.toContain('ordered_as');
    await source.runMigrations();
    expect((await items()).map(({ ordered_as }: { ordered_as: string }) => ordered_as)).toEqual([
      'mug',
      PRODUCT.toLowerCase(),
      'p',
    ]);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aReserveStock, dialects, newDataDir, testPostgres } from '@holdfast/testing';
import { CheckStock } from '../src/app/check-stock.js';
import { checkStockIn } from '../src/check-stock.js';
import { SqlStockLedgerReader } from '../src/outbound/sql-stock-ledger.reader.js';
import { aProduct, ProductsDatabase } from './products-database.js';

describe.each(dialects)('the stock of %s', (dialect) => {
  let database: ProductsDatabase;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
    await database.create(aProduct({ sku: 'MUG', stock: 10 }));
    await database.create(aProduct({ sku: 'CUP-WITH-A-LONG-SKU', stock: 0 }));
    await database.reserve(aReserveStock({ items: [{ productId: 'MUG', quantity: 4 }] }));
  });
  afterEach(() => database.close());

  const spoil = (sql: string) => database.unitOfWork.run((tx) => tx.run(sql));

  describe('npm run check:stock', () => {
    it('says in one sentence that all is well, beside the running service', async () => {
      expect(await checkStockIn(database.location)).toEqual({
        exitCode: 0,
        text: '2 products, 2 movements: every counter equals its ledger',
      });
    });

    it('lists the counters that their ledger does not explain', async () => {
      await spoil("UPDATE products SET available = 5, reserved = 5 WHERE sku = 'MUG'");
      await spoil("UPDATE products SET sold = 1 WHERE sku = 'CUP-WITH-A-LONG-SKU'");
      const { exitCode, text } = await checkStockIn(database.location);
      expect(exitCode).toBe(1);
      const columns = text.split('\n').map((row) => row.split(/ {2,}/).slice(1));
      expect(columns).toEqual([
        ['sku', 'counter', 'counts', 'ledger', 'difference'],
        ['CUP-WITH-A-LONG-SKU', 'sold', '1', '0', '+1'],
        ['MUG', 'available', '5', '6', '-1'],
        ['MUG', 'reserved', '5', '4', '+1'],
        [],
      ]);
      expect(text).toContain('2 products, 2 movements: 3 counters not equal to the ledger');
      const starts = text
        .split('\n')
        .slice(0, 4)
        .map((row) => row.search(/counter|sold|available|reserved/));
      expect(new Set(starts).size).toBe(1);
    });

    it('notices a movement without its change', async () => {
      await spoil(
        `INSERT INTO stock_movements (product_id, kind, available_delta, reserved_delta, sold_delta, created_at)
       SELECT id, 'restock', 5, 0, 0, 0 FROM products WHERE sku = 'MUG'`,
      );
      expect(await checkStockIn(database.location)).toMatchObject({
        exitCode: 1,
        text: expect.stringMatching(/MUG .* -5/),
      });
    });
  });
});

describe('the ongoing check on PostgreSQL', () => {
  it('misses no movement that gets its position before others and comes after them', async () => {
    const database = await ProductsDatabase.open('postgres');
    await database.create(aProduct({ sku: 'MUG', stock: 10 }));
    await database.create(aProduct({ sku: 'CUP', stock: 10 }));
    const ongoing = new CheckStock(new SqlStockLedgerReader(database.database));
    const order = (productId: string) => aReserveStock({ items: [{ productId, quantity: 1 }] });
    await database.unitOfWork.run(async (tx) => {
      await database.reserveIn(tx, order('MUG'));
      // Read several times: what was the newest movement may by now have become what need not be read again.
      for (const movements of [3, 4, 5]) {
        await database.reserve(order('CUP'));
        expect(await ongoing.execute()).toEqual({ products: 2, movements, differences: [] });
      }
    });
    for (let checks = 0; checks < 3; checks += 1) {
      expect(await ongoing.execute()).toEqual({ products: 2, movements: 6, differences: [] });
    }
    await database.reserve(order('CUP'));
    expect(await ongoing.execute()).toEqual({ products: 2, movements: 7, differences: [] });
  });

  it('does not read again what is settled', async () => {
    const database = await ProductsDatabase.open('postgres');
    await database.create(aProduct({ sku: 'MUG', stock: 10 }));
    const reader = new SqlStockLedgerReader(database.database);
    const first = await reader.readAfter(0);
    expect(first).toMatchObject({ movements: 1, settledMovements: 0, settled: 0 });
    const second = await reader.readAfter(0);
    expect(second).toMatchObject({ movements: 1, settledMovements: 1 });
    expect(await reader.readAfter(second.settled)).toMatchObject({ movements: 0, settled: second.settled });
  });
});

describe('npm run check:stock without anything to read', () => {
  it('says what to do where there is no file, or another one', async () => {
    const location = { dialect: 'sqlite' as const, file: join(newDataDir(), 'elsewhere.db') };
    expect(await checkStockIn(location)).toMatchObject({ exitCode: 2, text: expect.stringContaining('DATA_DIR') });
    writeFileSync(location.file, 'not a database, and long enough to be looked at: '.repeat(50));
    expect(await checkStockIn(location)).toMatchObject({ exitCode: 2, text: expect.stringContaining('Cannot read') });
  });

  it('says what to do where there is no server, or no service has been, and no password', async () => {
    const nobody = { dialect: 'postgres' as const, url: 'postgres://holdfast:s3cret@127.0.0.1:1/products' };
    const { exitCode, text } = await checkStockIn(nobody);
    expect([exitCode, text]).toEqual([2, expect.stringMatching(/Cannot read the stock in postgres:.*ECONNREFUSED/)]);
    expect(text).not.toContain('s3cret');
    const { url, close } = await testPostgres();
    expect(await checkStockIn({ dialect: 'postgres', url })).toMatchObject({
      exitCode: 2,
      text: expect.stringMatching(/relation "products" does not exist(.|\n)*start it once/),
    });
    await close();
  });
});

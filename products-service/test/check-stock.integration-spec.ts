import { rmSync, writeFileSync } from 'node:fs';
import { aReserveStock } from '@holdfast/testing';
import { checkStockIn } from '../src/check-stock.js';
import { aProduct, ProductsDatabase } from './products-database.js';

let database: ProductsDatabase;

beforeEach(async () => {
  database = await ProductsDatabase.open();
  await database.create(aProduct({ sku: 'MUG', stock: 10 }));
  await database.create(aProduct({ sku: 'CUP-WITH-A-LONG-SKU', stock: 0 }));
  await database.reserve(aReserveStock({ items: [{ productId: 'MUG', quantity: 4 }] }));
});
afterEach(() => database.close());

const spoil = (sql: string) => database.unitOfWork.run((tx) => tx.run(sql));

describe('npm run check:stock', () => {
  it('says in one sentence that all is well, beside the running service', async () => {
    expect(await checkStockIn(database.file)).toEqual({
      exitCode: 0,
      text: '2 products, 2 movements: every counter equals its ledger',
    });
  });

  it('lists the counters that their ledger does not explain', async () => {
    await spoil("UPDATE products SET available = 5, reserved = 5 WHERE sku = 'MUG'");
    await spoil("UPDATE products SET sold = 1 WHERE sku = 'CUP-WITH-A-LONG-SKU'");
    const { exitCode, text } = await checkStockIn(database.file);
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
      "INSERT INTO stock_movements SELECT NULL, id, 'restock', 5, 0, 0, NULL, 0 FROM products WHERE sku = 'MUG'",
    );
    expect(await checkStockIn(database.file)).toMatchObject({ exitCode: 1, text: expect.stringMatching(/MUG .* -5/) });
  });

  it('says what to do when there is nothing to read', async () => {
    const missing = `${database.file}.elsewhere`;
    expect(await checkStockIn(missing)).toMatchObject({ exitCode: 2, text: expect.stringContaining('DATA_DIR') });
    writeFileSync(missing, 'not a database, and long enough to be looked at: '.repeat(50));
    expect(await checkStockIn(missing)).toMatchObject({ exitCode: 2, text: expect.stringContaining('Cannot read') });
    rmSync(missing);
  });
});

import { newId } from '@holdfast/contracts';
import { type Prunable, prune } from '@holdfast/messaging';
import { dialects } from '@holdfast/testing';
import { CHANGES, CREATIONS, changeRetention, creationRetention } from '../src/outbound/answer-retention.js';
import { aProduct, OPERATOR, ProductsDatabase } from './products-database.js';

const KEPT_HOURS = 72;

describe.each(dialects)('answers on %s', (dialect) => {
  let database: ProductsDatabase;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
  });
  afterEach(() => database.close());

  const pruneAt = (prunable: Prunable, now: number) =>
    prune(prunable, database.unitOfWork, now, new AbortController().signal);

  it('to requests for products are kept for as long as is configured, and then their keys are free', async () => {
    const retention = creationRetention(KEPT_HOURS);
    const command = { caller: OPERATOR, ...aProduct({ sku: 'MUG' }), idempotencyKey: 'k' };
    const stored = Date.now();
    await database.createFor(command);
    expect(await pruneAt(retention, stored + retention.keepMs)).toBe(0);
    expect(await database.createFor(command)).toMatchObject({ ok: true, value: { replayed: true } });
    expect(await pruneAt(retention, Date.now() + retention.keepMs + 1)).toBe(1);
    expect(await database.createFor(command)).toMatchObject({ ok: false, error: { code: 'SKU_TAKEN' } });
    expect(await database.count('products')).toBe(1);
  });

  it('to changes go after a quarter of a year, however many they are', async () => {
    const stored = Date.now();
    await database.unitOfWork.run(async (tx) => {
      for (let changes = 0; changes < 450; changes += 1) {
        await tx.run('INSERT INTO product_changes VALUES (?, ?, NULL, ?, ?, ?)', [newId(), 'ops', '{}', '{}', stored]);
      }
    });
    expect(await pruneAt(changeRetention, stored + changeRetention.keepMs)).toBe(0);
    expect(await pruneAt(changeRetention, stored + changeRetention.keepMs + 1)).toBe(450);
    expect(await database.count('product_changes')).toBe(0);
  });

  it.each([CREATIONS, CHANGES])(
    'are found by their age, without a look at the others: $table',
    async ({ table, query }) => {
      const plan = await database.planOf(query, [1, 1]);
      expect(plan).toMatch(`${table}_by_age`);
      expect(plan).not.toMatch(/SCAN|TEMP B-TREE|Seq Scan|Sort/);
    },
  );
});

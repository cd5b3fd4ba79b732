import { type AdjustStock, newId } from '@holdfast/contracts';
import { type Prunable, prune } from '@holdfast/messaging';
import { dialects } from '@holdfast/testing';
import {
  ADJUSTMENT_REFUSALS,
  CHANGES,
  CREATIONS,
  changeRetention,
  creationRetention,
  refusalRetention,
} from '../src/outbound/answer-retention.js';
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

  describe('to adjustments', () => {
    const anAdjustment = (given: Partial<AdjustStock> = {}): AdjustStock => ({
      ...{ caller: OPERATOR, productId: 'MUG', delta: 5, reason: 'a delivery' },
      ...given,
    });
    const late = () => Date.now() + refusalRetention.keepMs + 1;
    const available = async () => {
      const [mug] = await database.rows<{ available: number }>("SELECT available FROM products WHERE sku = 'MUG'");
      return mug?.available;
    };

    beforeEach(() => database.create(aProduct({ sku: 'MUG', stock: 10 })));
    afterEach(async () => expect(await database.differences()).toEqual([]));

    it('that were refused go after a quarter of a year; until then their message is refused again, and stays it', async () => {
      const [message, tooMany] = [newId(), anAdjustment({ delta: -11 })];
      const stored = Date.now();
      const refusal = await database.adjust(tooMany, message);
      expect(refusal).toMatchObject({ ok: false, error: { code: 'STOCK_NOT_ADJUSTABLE' } });
      await database.adjust(anAdjustment());
      expect(await pruneAt(refusalRetention, stored + refusalRetention.keepMs)).toBe(0);
      expect(await database.adjust(tooMany, message)).toEqual(refusal);
      expect(await pruneAt(refusalRetention, late())).toBe(1);
      expect(await database.count('adjustment_requests', 'movement_position IS NULL')).toBe(0);
    });

    it('that were made stay: neither their message nor a repeat makes a second one, however late', async () => {
      const [message, command] = [newId(), anAdjustment({ idempotencyKey: 'k' })];
      const made = await database.adjust(command, message);
      expect(await pruneAt(refusalRetention, late())).toBe(0);
      expect(await database.adjust(command, message)).toEqual(made);
      expect(await database.adjust(command)).toMatchObject({ ok: true, value: { replayed: true } });
      expect(await available()).toBe(15);
      expect(await database.movements({ caller: OPERATOR, productId: 'MUG', limit: 1 })).toMatchObject({
        ok: true,
        value: { data: [{ reason: 'a delivery', adjustedBy: 'ops' }] },
      });
    });

    it('that were refused, and made when they were asked for long after, are not made twice by what comes late', async () => {
      const [message, command] = [newId(), anAdjustment({ delta: -11, idempotencyKey: 'k' })];
      await database.adjust(command, message);
      await database.adjust(anAdjustment({ delta: 20 }));
      expect(await pruneAt(refusalRetention, late())).toBe(1);
      await database.adjust(command);
      expect(await database.adjust(command, message)).toMatchObject({ ok: true, value: { replayed: true } });
      expect(await available()).toBe(19);
    });
  });

  it.each([
    { ...CREATIONS, index: 'product_creations_by_age' },
    { ...CHANGES, index: 'product_changes_by_age' },
    { ...ADJUSTMENT_REFUSALS, index: 'adjustment_refusals_by_age' },
  ])('are found by their age, without a look at the others: $table', async ({ index, query }) => {
    const plan = await database.planOf(query, [1, 1]);
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(/SCAN|TEMP B-TREE|Seq Scan|Sort/);
  });
});

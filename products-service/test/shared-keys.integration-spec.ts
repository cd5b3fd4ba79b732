import { type AdjustStock, type CreateProduct } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { dialects, waitUntil } from '@holdfast/testing';
import { aProduct, OPERATOR, ProductsDatabase } from './products-database.js';

const REUSED = { ok: false, error: { code: 'IDEMPOTENCY_KEY_REUSED' } };

describe.each(dialects)('one idempotency key for a product and for an adjustment on %s', (dialect) => {
  let database: ProductsDatabase;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
    await database.create(aProduct({ sku: 'MUG', stock: 10 }));
  });
  afterEach(async () => {
    expect(await database.differences()).toEqual([]);
    await database.close();
  });

  const aCreation = (given: Partial<CreateProduct> = {}): CreateProduct => ({
    caller: OPERATOR,
    ...aProduct({ sku: 'CUP' }),
    idempotencyKey: 'k',
    ...given,
  });
  const anAdjustment = (given: Partial<AdjustStock> = {}): AdjustStock => ({
    ...{ caller: OPERATOR, productId: 'MUG', delta: 5, reason: 'a delivery', idempotencyKey: 'k' },
    ...given,
  });

  const isWaitedFor = async (): Promise<boolean> => {
    const [row] = await database.rows<{ waiting: number }>(
      "SELECT count(*) AS waiting FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    );
    return (row?.waiting ?? 0) > 0;
  };

  /** Does both side by side: `first` commits when `second` is done, or waits for it. */
  async function overlapping<A, B>(first: (tx: Transaction) => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
    let answered: Promise<B> | undefined;
    let isAnswered = false;
    const before = await database.unitOfWork.run(async (tx) => {
      const answer = await first(tx);
      answered ??= second().finally(() => {
        isAnswered = true;
      });
      await waitUntil('the other is done or waits', async () => isAnswered || (await isWaitedFor()));
      return answer;
    });
    return [before, await (answered as Promise<B>)];
  }

  const stocks = () => database.rows('SELECT sku, available FROM products ORDER BY sku');

  it('belongs to the product that was made with it', async () => {
    const created = await database.createFor(aCreation());
    expect(await database.adjust(anAdjustment())).toMatchObject(REUSED);
    expect(await database.adjust(anAdjustment({ productId: 'NO-SUCH-SKU' }))).toMatchObject(REUSED);
    expect(await stocks()).toEqual([
      { sku: 'CUP', available: 10 },
      { sku: 'MUG', available: 10 },
    ]);
    expect(await database.createFor(aCreation())).toEqual({
      ok: true,
      value: { ...(created.ok && created.value), replayed: true },
    });
  });

  it('belongs to the adjustment that was made with it', async () => {
    const adjusted = await database.adjust(anAdjustment());
    expect(await database.createFor(aCreation())).toMatchObject(REUSED);
    expect(await database.createFor(aCreation({ sku: 'MUG' }))).toMatchObject(REUSED);
    expect(await stocks()).toEqual([{ sku: 'MUG', available: 15 }]);
    expect(await database.adjust(anAdjustment())).toEqual({
      ok: true,
      value: { ...(adjusted.ok && adjusted.value), replayed: true },
    });
  });

  it('is free again when the product that it was sent with was refused', async () => {
    expect(await database.createFor(aCreation({ sku: 'MUG' }))).toMatchObject({ error: { code: 'SKU_TAKEN' } });
    expect(await database.adjust(anAdjustment())).toMatchObject({ ok: true, value: { replayed: false } });
  });

  it('stays that of an adjustment which was refused', async () => {
    expect(await database.adjust(anAdjustment({ delta: -11 }))).toMatchObject({
      error: { code: 'STOCK_NOT_ADJUSTABLE' },
    });
    expect(await database.createFor(aCreation())).toMatchObject(REUSED);
    expect(await database.adjust(anAdjustment({ delta: -10 }))).toMatchObject(REUSED);
  });

  it("is another one of another client's", async () => {
    await database.createFor(aCreation());
    const caller = { role: 'operator' as const, clientId: 'night-shift' };
    expect(await database.adjust(anAdjustment({ caller }))).toMatchObject({ ok: true, value: { replayed: false } });
  });

  it('does one of both where both are asked for at the same time, and answers the other with a refusal', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `k-${index}`);
    const pairs = await Promise.all(
      keys.map((idempotencyKey, index) =>
        Promise.all([
          database.createFor(aCreation({ sku: `CUP-${index}`, idempotencyKey })),
          database.adjust(anAdjustment({ delta: 1, idempotencyKey })),
        ]),
      ),
    );
    for (const [created, adjusted] of pairs) {
      expect([created.ok, adjusted.ok].filter(Boolean)).toHaveLength(1);
      expect(created.ok ? adjusted : created).toMatchObject(REUSED);
    }
    const adjustments = pairs.filter(([, adjusted]) => adjusted.ok).length;
    expect(await database.count('adjustment_requests')).toBe(adjustments);
    expect(await database.count('products', "sku <> 'MUG'")).toBe(keys.length - adjustments);
  });

  // SQLite has one transaction at a time.
  if (dialect === 'postgres') {
    it('belongs to the product where the adjustment comes before that is committed', async () => {
      const [created, adjusted] = await overlapping(
        (tx) => database.createIn(tx, aCreation()),
        () => database.adjust(anAdjustment()),
      );
      expect([created, adjusted]).toMatchObject([{ ok: true }, REUSED]);
      expect(await database.count('adjustment_requests')).toBe(0);
    });

    it('belongs to the adjustment where the product comes before that is committed', async () => {
      const [adjusted, created] = await overlapping(
        (tx) => database.adjustIn(tx, anAdjustment()),
        () => database.createFor(aCreation()),
      );
      expect([adjusted, created]).toMatchObject([{ ok: true }, REUSED]);
      expect(await database.count('products')).toBe(1);
    });
  }
});

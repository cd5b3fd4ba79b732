import { type AdjustStock, MAX_STOCK, newId, stockAdjustedSchema } from '@holdfast/contracts';
import { aReserveStock, dialects } from '@holdfast/testing';
import { aProduct, ProductsDatabase } from './products-database.js';

describe.each(dialects)('adjustments of stock on %s', (dialect) => {
  let database: ProductsDatabase;
  let productId: string;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
    const mug = await database.create(aProduct({ sku: 'MUG', name: 'A mug', stock: 10 }));
    productId = mug.ok ? mug.value.id : '';
  });
  afterEach(async () => {
    expect(await database.differences()).toEqual([]);
    await database.close();
  });

  const anAdjustment = (given: Partial<AdjustStock> = {}): AdjustStock => ({
    caller: { role: 'operator', clientId: 'ops' },
    productId: 'MUG',
    delta: 5,
    reason: 'a delivery',
    ...given,
  });

  const counters = () => database.rows('SELECT sku, available, reserved, sold FROM products ORDER BY sku');
  const movements = () =>
    database.rows(
      "SELECT kind, available_delta AS delta FROM stock_movements WHERE kind <> 'initial' ORDER BY position",
    );

  describe('adjusting stock', () => {
    it.each([
      ['restock', 5],
      ['write-off', -10],
    ])('is a %s in the ledger, and is told', async (kind, delta) => {
      const reply = await database.adjust(anAdjustment({ delta }));
      const available = 10 + delta;
      expect(await counters()).toEqual([{ sku: 'MUG', available, reserved: 0, sold: 0 }]);
      expect(await movements()).toEqual([{ kind, delta }]);
      const [told, ...others] = await database.told(`product/${productId}`);
      expect(others).toEqual([]);
      expect(told?.type).toBe('product.stockAdjusted');
      expect(stockAdjustedSchema.parse(told?.data)).toEqual(told?.data);
      expect(told?.data).toMatchObject({
        ...{ productId, sku: 'MUG', name: 'A mug', delta, reason: 'a delivery', adjustedBy: 'ops' },
        stock: { onHand: available, reserved: 0, available },
      });
      expect(reply).toEqual({
        ok: true,
        value: { adjustment: { id: expect.any(String), ...(told?.data as object) }, replayed: false },
      });
    });

    it('finds the product by its id too', async () => {
      expect(await database.adjust(anAdjustment({ productId: productId.toUpperCase() }))).toMatchObject({ ok: true });
      expect(await counters()).toMatchObject([{ available: 15 }]);
    });

    it('keeps what orders hold, and says how much there is to write off', async () => {
      await database.reserve(aReserveStock({ items: [{ productId: 'MUG', quantity: 7 }] }));
      expect(await database.adjust(anAdjustment({ delta: -4 }))).toEqual({
        ok: false,
        error: {
          code: 'STOCK_NOT_ADJUSTABLE',
          detail: '3 of MUG can be written off, not 4: what orders hold stays.',
        },
      });
      expect(await database.adjust(anAdjustment({ delta: -3 }))).toMatchObject({ ok: true });
      expect(await counters()).toMatchObject([{ available: 0, reserved: 7 }]);
      expect(await movements()).toHaveLength(2);
    });

    it('counts so many units and no more, those that orders hold included', async () => {
      await database.reserve(aReserveStock({ items: [{ productId: 'MUG', quantity: 7 }] }));
      const most = MAX_STOCK - 10;
      expect(await database.adjust(anAdjustment({ delta: most + 1 }))).toMatchObject({
        error: { code: 'STOCK_NOT_ADJUSTABLE' },
      });
      expect(await database.adjust(anAdjustment({ delta: most }))).toMatchObject({ ok: true });
      expect(await database.adjust(anAdjustment({ delta: 1 }))).toMatchObject({ ok: false });
    });

    it('is for operators, of products that exist', async () => {
      const asClient = anAdjustment({ caller: { role: 'client', clientId: 'shop' } });
      expect(await database.adjust(asClient)).toMatchObject({ error: { code: 'FORBIDDEN' } });
      for (const unknown of ['NO-SUCH-SKU', newId()]) {
        expect(await database.adjust(anAdjustment({ productId: unknown }))).toMatchObject({
          error: { code: 'PRODUCT_NOT_FOUND' },
        });
      }
      expect(await movements()).toEqual([]);
    });

    it('by the same message again gives the same answer and does nothing', async () => {
      const messageId = newId();
      const first = await database.adjust(anAdjustment(), messageId);
      await database.adjust(anAdjustment({ delta: -1 }));
      expect(await database.adjust(anAdjustment(), messageId)).toEqual(first);
      expect(await movements()).toHaveLength(2);
    });

    it('that was refused stays refused when the same message comes again, also where it could be done by then', async () => {
      const command = anAdjustment({ delta: -11, idempotencyKey: 'k-1' });
      const messageId = newId();
      const refusal = await database.adjust(command, messageId);
      expect(refusal).toMatchObject({ error: { code: 'STOCK_NOT_ADJUSTABLE' } });
      await database.adjust(anAdjustment());
      expect(await database.adjust(command, messageId)).toEqual(refusal);
      expect(await counters()).toMatchObject([{ available: 15 }]);
    });

    it('twice without a key is done twice', async () => {
      await database.adjust(anAdjustment());
      await database.adjust(anAdjustment());
      expect(await counters()).toMatchObject([{ available: 20 }]);
    });
  });

  describe('adjusting stock with an idempotency key', () => {
    const keyed = (given: Partial<AdjustStock> = {}) => anAdjustment({ idempotencyKey: 'k-1', ...given });

    it('twenty times at once is done once, and answered twenty times the same', async () => {
      const replies = await Promise.all(Array.from({ length: 20 }, () => database.adjust(keyed())));
      expect(await movements()).toEqual([{ kind: 'restock', delta: 5 }]);
      expect(await database.told(`product/${productId}`)).toHaveLength(1);
      const answers = replies.map((reply) => (reply.ok ? JSON.stringify(reply.value.adjustment) : reply.error.code));
      expect(new Set(answers).size).toBe(1);
      expect(replies.filter((reply) => reply.ok && !reply.value.replayed)).toHaveLength(1);
    });

    it('gives the stored answer, as it was then', async () => {
      const first = await database.adjust(keyed());
      await database.adjust(anAdjustment({ delta: -12 }));
      const again = await database.adjust(keyed());
      expect(again).toEqual({ ok: true, value: { ...(first.ok && first.value), replayed: true } });
    });

    it('answers the redelivered first request as the first', async () => {
      const messageId = newId();
      const first = await database.adjust(keyed(), messageId);
      expect(await database.adjust(keyed(), messageId)).toEqual(first);
    });

    it.each([
      ['amount', { delta: 6 }],
      ['reason', { reason: 'another' }],
      ['product', { productId: 'CUP' }],
    ])('refuses a request with another %s', async (_name, other) => {
      await database.adjust(keyed());
      expect(await database.adjust(keyed(other))).toMatchObject({ error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
      expect(await movements()).toHaveLength(1);
    });

    it("keeps two operators' equal keys apart", async () => {
      await database.adjust(keyed());
      await database.adjust(keyed({ caller: { role: 'operator', clientId: 'night-shift' } }));
      expect(await movements()).toHaveLength(2);
    });

    it('keeps a refusal: an attempt that was made before it and comes after it is not done after all', async () => {
      const first = newId();
      const refusal = await database.adjust(keyed({ delta: -11 }));
      expect(refusal).toMatchObject({ error: { code: 'STOCK_NOT_ADJUSTABLE' } });
      await database.adjust(anAdjustment());
      const before = await movements();
      expect(await database.adjust(keyed({ delta: -11 }), first)).toEqual(refusal);
      expect(await movements()).toEqual(before);
      expect(await database.adjust(keyed({ delta: -11, idempotencyKey: 'another' }))).toMatchObject({ ok: true });
    });

    it('keeps that there was no such product', async () => {
      const refusal = await database.adjust(keyed({ productId: 'LATER' }));
      expect(refusal).toMatchObject({ error: { code: 'PRODUCT_NOT_FOUND' } });
      await database.create(aProduct({ sku: 'LATER', stock: 1 }));
      expect(await database.adjust(keyed({ productId: 'LATER' }))).toEqual(refusal);
    });
  });
});

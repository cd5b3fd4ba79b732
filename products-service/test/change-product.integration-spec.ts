import { type ChangeProduct, newId, type ProductView, productViewSchema } from '@holdfast/contracts';
import { aReserveStock, dialects } from '@holdfast/testing';
import { aProduct, OPERATOR, ProductsDatabase } from './products-database.js';

describe.each(dialects)('changes of products on %s', (dialect) => {
  let database: ProductsDatabase;
  let mug: ProductView;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
    const created = await database.create(aProduct({ sku: 'MUG', name: 'A mug', stock: 10 }));
    if (!created.ok) throw new Error(created.error.detail);
    mug = created.value;
  });
  afterEach(() => database.close());

  const aChange = (given: Partial<ChangeProduct> = {}): ChangeProduct => ({
    caller: OPERATOR,
    productId: 'MUG',
    changes: { name: 'A cup' },
    ...given,
  });

  const lows = () => database.count('events', "type = 'product.stockLow'");
  const rows = () => database.rows('SELECT name, price_amount AS price, version FROM products');
  const MISMATCH = { ok: false, error: { code: 'VERSION_MISMATCH' } };

  describe('a change of a product', () => {
    it('is answered with the product as it is then', async () => {
      const changes = { name: 'A cup', price: { amount: 990, currency: 'USD' }, lowStockThreshold: 3 };
      const reply = await database.change(aChange({ changes }));
      const view = reply.ok ? reply.value : undefined;
      expect(productViewSchema.parse(view)).toEqual(view);
      expect(view).toEqual({
        ...{ ...mug, ...changes },
        ...{ version: 2, catalogueVersion: 2, updatedAt: expect.any(String) },
      });
      const cleared = await database.change(aChange({ productId: mug.id, changes: { lowStockThreshold: null } }));
      expect(cleared).toMatchObject({
        ok: true,
        value: { name: 'A cup', lowStockThreshold: null, catalogueVersion: 3 },
      });
    });

    it('is held against the catalogue version, which no sale moves', async () => {
      await database.reserve(aReserveStock({ items: [{ productId: 'MUG', quantity: 2 }] }));
      expect(await database.change(aChange({ ifVersion: 1 }))).toMatchObject({
        ok: true,
        value: { version: 3, catalogueVersion: 2, stock: { reserved: 2 } },
      });
      expect(await database.change(aChange({ changes: { name: 'A bowl' }, ifVersion: 1 }))).toMatchObject(MISMATCH);
      expect(await database.change(aChange({ changes: { name: 'A bowl' }, ifVersion: 2 }))).toMatchObject({ ok: true });
    });

    it('lets one of two through who have seen the same state', async () => {
      const replies = await Promise.all(
        ['A cup', 'A bowl'].map((name) => database.change(aChange({ changes: { name }, ifVersion: 1 }))),
      );
      expect(replies.map(({ ok }) => ok)).toEqual([true, false]);
    });

    it('to what it is already is none, whatever is sold', async () => {
      expect(await database.change(aChange({ changes: { name: 'A mug' } }))).toEqual({ ok: true, value: mug });
      expect(await rows()).toEqual([{ name: 'A mug', price: 1_250, version: 1 }]);
    });

    it('that is delivered again gets its first answer, and undoes nothing', async () => {
      const messageId = newId();
      const first = await database.change(aChange(), messageId);
      await database.change(aChange({ changes: { name: 'A bowl' } }));
      expect(await database.change(aChange(), messageId)).toEqual(first);
      expect(await rows()).toMatchObject([{ name: 'A bowl' }]);
    });

    it('that was refused stays refused when it is delivered again, also where it could be done by then', async () => {
      const messageId = newId();
      const refusal = await database.change(aChange({ ifVersion: 2 }), messageId);
      expect(refusal).toMatchObject(MISMATCH);
      await database.change(aChange({ changes: { name: 'A bowl' } }));
      expect(await database.change(aChange({ ifVersion: 2 }), messageId)).toEqual(refusal);
      expect(await rows()).toMatchObject([{ name: 'A bowl' }]);
    });

    it('is for operators, of products that exist', async () => {
      const client = { role: 'client' as const, clientId: 'shop' };
      expect(await database.change(aChange({ caller: client }))).toMatchObject({ error: { code: 'FORBIDDEN' } });
      for (const productId of ['NO-SUCH-SKU', newId()]) {
        expect(await database.change(aChange({ productId }))).toMatchObject({ error: { code: 'PRODUCT_NOT_FOUND' } });
      }
    });

    it('is on record, with who asked for it', async () => {
      await database.change(aChange());
      expect(await database.rows('SELECT client_id, product_id, changes FROM product_changes')).toEqual([
        { client_id: 'ops', product_id: mug.id, changes: '{"name":"A cup"}' },
      ]);
    });

    it('of the price leaves what orders have reserved at theirs', async () => {
      const before = aReserveStock({ items: [{ productId: 'MUG', quantity: 2 }] });
      await database.reserve(before);
      await database.change(aChange({ changes: { price: { amount: 9_999, currency: 'EUR' } } }));
      await database.reserve(before);
      expect(await database.outcomesOf(before.orderId)).toMatchObject([{ total: { amount: 2_500 } }]);
      const after = aReserveStock({ items: [{ productId: 'MUG', quantity: 2 }] });
      await database.reserve(after);
      expect(await database.outcomesOf(after.orderId)).toMatchObject([{ total: { amount: 19_998 } }]);
    });
  });

  describe('a threshold', () => {
    const set = (lowStockThreshold: number | null) => database.change(aChange({ changes: { lowStockThreshold } }));

    it('that makes a product low is told, once until it is above it again', async () => {
      await set(9);
      expect(await lows()).toBe(0);
      await set(10);
      expect(await lows()).toBe(1);
      await set(12);
      await database.reserve(aReserveStock({ items: [{ productId: 'MUG', quantity: 1 }] }));
      expect(await lows()).toBe(1);
      await set(5);
      await set(null);
      expect(await lows()).toBe(1);
      await set(9);
      expect(await lows()).toBe(2);
    });

    it('is told with the name and the threshold that it has then', async () => {
      await database.change(aChange({ changes: { name: 'A cup', lowStockThreshold: 20 } }));
      expect(await database.told(`product/${mug.id}`)).toMatchObject([
        { type: 'product.stockLow', data: { name: 'A cup', available: 10, threshold: 20 } },
      ]);
    });
  });
});

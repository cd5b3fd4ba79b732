import { type CreateProduct, newId } from '@holdfast/contracts';
import { dialects } from '@holdfast/testing';
import { aProduct, OPERATOR, ProductsDatabase } from './products-database.js';

describe.each(dialects)('new products on %s', (dialect) => {
  let database: ProductsDatabase;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
  });
  afterEach(() => database.close());

  const aCommand = (given: Partial<CreateProduct> = {}): CreateProduct => ({
    caller: OPERATOR,
    ...aProduct(),
    ...given,
  });

  const products = () => database.rows('SELECT sku, name, available FROM products ORDER BY sku');
  const REUSED = { ok: false, error: { code: 'IDEMPOTENCY_KEY_REUSED' } };
  const TAKEN = { ok: false, error: { code: 'SKU_TAKEN' } };

  describe('a request for a new product', () => {
    it('with the same key again gets the stored answer, byte for byte, whatever has become of the product', async () => {
      const first = await database.createFor(aCommand({ idempotencyKey: 'k' }));
      expect(first).toMatchObject({ ok: true, value: { replayed: false } });
      await database.change({ caller: OPERATOR, productId: 'MUG', changes: { name: 'A cup' } });
      const again = await database.createFor(aCommand({ idempotencyKey: 'k' }));
      expect(again).toMatchObject({ ok: true, value: { replayed: true } });
      expect(JSON.stringify(again.ok && again.value.product)).toBe(JSON.stringify(first.ok && first.value.product));
      expect(await products()).toEqual([{ sku: 'MUG', name: 'A cup', available: 10 }]);
    });

    it('that is delivered again gets its own answer, which is no replay', async () => {
      const messageId = newId();
      for (const command of [aCommand({ idempotencyKey: 'k' }), aCommand({ sku: 'CUP' })]) {
        const first = await database.createFor(command, messageId);
        expect(first).toMatchObject({ ok: true, value: { replayed: false } });
        expect(await database.createFor(command, messageId)).toEqual(first);
      }
    });

    it('50 times at once makes one product', async () => {
      const replies = await Promise.all(
        Array.from({ length: 50 }, () => database.createFor(aCommand({ idempotencyKey: 'k' }))),
      );
      const answers = replies.map((reply) => JSON.stringify(reply.ok && reply.value.product));
      expect(new Set(answers).size).toBe(1);
      expect(replies.filter((reply) => reply.ok && !reply.value.replayed)).toHaveLength(1);
      expect(await database.count('products')).toBe(1);
    });

    it.each<[string, Partial<CreateProduct>]>([
      ['another sku', { sku: 'CUP' }],
      ['another name', { name: 'A cup' }],
      ['another price', { price: { amount: 1, currency: 'EUR' } }],
      ['another stock', { stock: 11 }],
      ['a supplier', { supplierId: 'acme' }],
      ['a threshold', { lowStockThreshold: 0 }],
    ])('that says %s may not have the key', async (_name, given) => {
      await database.createFor(aCommand({ idempotencyKey: 'k' }));
      expect(await database.createFor(aCommand({ idempotencyKey: 'k', ...given }))).toMatchObject(REUSED);
      expect(await database.count('products')).toBe(1);
    });

    it('may have the key of another client, and of a request that was refused', async () => {
      await database.createFor(aCommand({ idempotencyKey: 'k' }));
      const other = { role: 'operator' as const, clientId: 'other' };
      expect(await database.createFor(aCommand({ caller: other, idempotencyKey: 'k' }))).toMatchObject(TAKEN);
      expect(await database.createFor(aCommand({ caller: other, sku: 'CUP', idempotencyKey: 'k' }))).toMatchObject({
        ok: true,
        value: { replayed: false },
      });
    });

    it('without a key is refused the second time', async () => {
      await database.createFor(aCommand());
      expect(await database.createFor(aCommand())).toMatchObject(TAKEN);
    });
  });

  describe('a line of an import', () => {
    it('creates a product, and says of the same line again that it exists, however it is by now', async () => {
      const first = await database.import(aProduct());
      expect(first).toMatchObject({ ok: true, value: { outcome: 'created' } });
      await database.change({ caller: OPERATOR, productId: 'MUG', changes: { price: { amount: 1, currency: 'EUR' } } });
      await database.adjust({ caller: OPERATOR, productId: 'MUG', delta: -3, reason: 'broken' });
      expect(await database.import(aProduct())).toEqual({
        ok: true,
        value: { id: first.ok && first.value.id, outcome: 'existing' },
      });
      expect(await products()).toEqual([{ sku: 'MUG', name: 'A mug', available: 7 }]);
    });

    it('exists also when it was made by itself', async () => {
      await database.create(aProduct());
      expect(await database.import(aProduct())).toMatchObject({ ok: true, value: { outcome: 'existing' } });
    });

    it('that is delivered again has created what it created', async () => {
      const messageId = newId();
      const first = await database.import(aProduct(), messageId);
      expect(await database.import(aProduct(), messageId)).toEqual(first);
    });

    it('is refused where the sku has other data, and changes nothing', async () => {
      await database.import(aProduct());
      for (const other of [{ stock: 11 }, { name: 'A cup' }, { lowStockThreshold: 1 }]) {
        expect(await database.import(aProduct(other))).toMatchObject(TAKEN);
      }
      expect(await products()).toEqual([{ sku: 'MUG', name: 'A mug', available: 10 }]);
      expect(await database.count('stock_movements')).toBe(1);
    });

    it('is for operators', async () => {
      const client = { role: 'client' as const, clientId: 'shop' };
      expect(await database.import(aProduct(), newId(), client)).toMatchObject({ error: { code: 'FORBIDDEN' } });
      expect(await products()).toEqual([]);
    });
  });
});

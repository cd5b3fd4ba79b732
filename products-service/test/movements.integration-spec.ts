import { newId, type StockMovementView, stockMovementViewSchema } from '@holdfast/contracts';
import { aReserveStock, dialects } from '@holdfast/testing';
import { MOVEMENTS } from '../src/outbound/sql-movement.reader.js';
import { aProduct, OPERATOR, ProductsDatabase } from './products-database.js';

describe.each(dialects)('the ledger on %s', (dialect) => {
  let database: ProductsDatabase;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
    await database.create(aProduct({ sku: 'MUG', stock: 10 }));
    await database.create(aProduct({ sku: 'CUP', stock: 10 }));
  });
  afterEach(() => database.close());

  const sell = async (sku: string, quantity: number) => {
    const order = aReserveStock({ items: [{ productId: sku, quantity }] });
    await database.reserve(order);
    return order;
  };

  async function page(limit: number, cursor?: string | null) {
    const query = { caller: OPERATOR, productId: 'MUG', limit };
    const reply = await database.movements(cursor ? { ...query, cursor } : query);
    if (!reply.ok) throw new Error(reply.error.detail);
    return reply.value;
  }

  describe('the stock ledger of a product', () => {
    it('has every movement of it, newest first, with who did it and why', async () => {
      const order = await sell('MUG', 4);
      await sell('CUP', 1);
      await database.release(order);
      await database.adjust({ caller: OPERATOR, productId: 'MUG', delta: 5, reason: 'a delivery' });
      await database.adjust({ caller: OPERATOR, productId: 'MUG', delta: -2, reason: 'broken' });
      const { data, nextCursor } = await page(100);
      expect(nextCursor).toBeNull();
      for (const movement of data) expect(stockMovementViewSchema.parse(movement)).toEqual(movement);
      const told = data.map(({ position: _position, createdAt: _createdAt, ...movement }) => movement);
      const [{ orderId }, by] = [order, { orderId: null, adjustedBy: 'ops' }];
      const none = { reason: null, adjustedBy: null };
      expect(told).toEqual([
        { kind: 'write-off', delta: { available: -2, reserved: 0, sold: 0 }, ...by, reason: 'broken' },
        { kind: 'restock', delta: { available: 5, reserved: 0, sold: 0 }, ...by, reason: 'a delivery' },
        { kind: 'release', delta: { available: 4, reserved: -4, sold: 0 }, orderId, ...none },
        { kind: 'reserve', delta: { available: -4, reserved: 4, sold: 0 }, orderId, ...none },
        { kind: 'initial', delta: { available: 10, reserved: 0, sold: 0 }, orderId: null, ...none },
      ]);
    });

    it('comes page by page, each movement once, whatever comes meanwhile', async () => {
      for (let orders = 0; orders < 7; orders += 1) await sell('MUG', 1);
      const before = (await page(100)).data;
      const seen: StockMovementView[] = [];
      let cursor: string | null = null;
      do {
        const { data, nextCursor } = await page(3, cursor);
        seen.push(...data);
        cursor = nextCursor;
        await sell('MUG', 1);
        await sell('CUP', 1);
      } while (cursor);
      expect(seen).toEqual(before);
    });

    it('is read by an index, however long the ledger of others is', async () => {
      const plan = await database.planOf(MOVEMENTS, ['x', 5, 3]);
      expect(plan).toMatch(/stock_movements_by_product/);
      expect(plan).not.toMatch(/SCAN|TEMP B-TREE|Seq Scan|Sort/);
    });

    it('is for operators, of products that exist, by cursors that pages gave', async () => {
      const query = { caller: OPERATOR, productId: 'MUG', limit: 3 };
      const client = { role: 'client' as const, clientId: 'shop' };
      expect(await database.movements({ ...query, caller: client })).toMatchObject({ error: { code: 'FORBIDDEN' } });
      expect(await database.movements({ ...query, productId: newId() })).toMatchObject({
        error: { code: 'PRODUCT_NOT_FOUND' },
      });
      expect(await database.movements({ ...query, cursor: '***' })).toMatchObject({
        error: { code: 'VALIDATION_FAILED', detail: expect.stringContaining('cursor') },
      });
    });
  });
});

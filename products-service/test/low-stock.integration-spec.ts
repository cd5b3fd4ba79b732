import { type ReserveStock, type StockLow, stockLowSchema } from '@holdfast/contracts';
import { aReserveStock, dialects } from '@holdfast/testing';
import { aProduct, ProductsDatabase } from './products-database.js';

describe.each(dialects)('low stock on %s', (dialect) => {
  let database: ProductsDatabase;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
  });
  afterEach(() => database.close());

  async function stocked(sku: string, stock: number, lowStockThreshold?: number): Promise<void> {
    await database.create(
      aProduct({ sku, name: `The ${sku}`, stock, ...(lowStockThreshold !== undefined && { lowStockThreshold }) }),
    );
  }

  const anOrderOf = (...lines: [sku: string, quantity: number][]): ReserveStock =>
    aReserveStock({ items: lines.map(([productId, quantity]) => ({ productId, quantity })) });

  const adjust = (sku: string, delta: number) =>
    database.adjust({ caller: { role: 'operator', clientId: 'ops' }, productId: sku, delta, reason: 'counted' });

  async function lows(): Promise<StockLow[]> {
    const events = await database.rows<{ payload: string }>(
      "SELECT payload FROM events WHERE type = 'product.stockLow' ORDER BY position",
    );
    return events.map(({ payload }) => JSON.parse(payload) as StockLow);
  }

  describe('product.stockLow', () => {
    it('is said when orders take a product to its threshold, once', async () => {
      await stocked('MUG', 12, 10);
      await database.reserve(anOrderOf(['MUG', 1]));
      expect(await lows()).toEqual([]);
      await database.reserve(anOrderOf(['MUG', 1]));
      for (let orders = 0; orders < 10; orders += 1) await database.reserve(anOrderOf(['MUG', 1]));
      const said = await lows();
      expect(said).toMatchObject([{ sku: 'MUG', name: 'The MUG', available: 10, threshold: 10 }]);
      expect(stockLowSchema.parse(said[0])).toEqual(said[0]);
    });

    it('is said once by many orders at once', async () => {
      await stocked('MUG', 100, 50);
      await Promise.all(Array.from({ length: 120 }, () => database.reserve(anOrderOf(['MUG', 1]))));
      expect(await lows()).toMatchObject([{ available: 50 }]);
    });

    it('is said again when the product was above its threshold in between', async () => {
      await stocked('MUG', 12, 10);
      const order = anOrderOf(['MUG', 4]);
      await database.reserve(order);
      await adjust('MUG', 2);
      await adjust('MUG', -1);
      expect(await lows()).toMatchObject([{ available: 8 }]);
      await database.release(order);
      expect(await lows()).toHaveLength(1);
      await database.reserve(anOrderOf(['MUG', 3]));
      expect(await lows()).toMatchObject([{ available: 8 }, { available: 10 }]);
    });

    it('is said of a write-off, and not of a restock that leaves it low', async () => {
      await stocked('MUG', 12, 10);
      await adjust('MUG', -12);
      await adjust('MUG', 5);
      expect(await lows()).toMatchObject([{ available: 0 }]);
    });

    it('is not said of a product that starts low, nor of one without a threshold', async () => {
      await stocked('LOW', 3, 10);
      await stocked('ANY', 3);
      await database.reserve(anOrderOf(['LOW', 1], ['ANY', 3]));
      await adjust('LOW', -1);
      expect(await lows()).toEqual([]);
    });

    it('is not said of what an order takes and leaves again, because another line cannot be met', async () => {
      await stocked('A', 12, 10);
      await stocked('B', 1);
      await stocked('C', 12, 10);
      await database.reserve(anOrderOf(['A', 5], ['B', 2], ['C', 5]));
      expect(await lows()).toEqual([]);
      await database.reserve(anOrderOf(['A', 5], ['B', 1], ['C', 5]));
      expect((await lows()).map(({ sku }) => sku).sort()).toEqual(['A', 'C']);
    });
  });
});

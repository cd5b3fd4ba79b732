import { type ReleaseStock, stockReleasedSchema, stockReservedSchema } from '@holdfast/contracts';
import { aReserveStock, dialects } from '@holdfast/testing';
import { aProduct, ProductsDatabase } from './products-database.js';

describe.each(dialects)('releases on %s', (dialect) => {
  let database: ProductsDatabase;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
    await database.create(aProduct({ sku: 'MUG', stock: 10 }));
    await database.create(aProduct({ sku: 'CUP', stock: 3 }));
  });
  afterEach(() => database.close());

  const counters = () => database.rows('SELECT sku, available, reserved, sold FROM products ORDER BY sku');
  const FULL = [
    { sku: 'CUP', available: 3, reserved: 0, sold: 0 },
    { sku: 'MUG', available: 10, reserved: 0, sold: 0 },
  ];

  const anOrder = () =>
    aReserveStock({
      items: [
        { productId: 'MUG', quantity: 2 },
        { productId: 'CUP', quantity: 3 },
        { productId: 'MUG', quantity: 1 },
      ],
    });

  const theReleaseOf = ({ orderId, clientId, idempotencyKey }: ReleaseStock): ReleaseStock => ({
    orderId,
    clientId,
    idempotencyKey,
  });

  const movementsOf = (orderId: string) =>
    database.rows<{ kind: string }>(
      `SELECT kind, sum(available_delta) AS available, sum(reserved_delta) AS reserved FROM stock_movements
     WHERE order_id = ? GROUP BY kind ORDER BY kind`,
      [orderId],
    );

  /** Types of the events that were asked to be published again. */
  const repeated = () =>
    database.rows('SELECT e.type FROM republications r JOIN events e ON e.position = r.position ORDER BY r.id');

  const statusOf = async (orderId: string) =>
    (await database.rows<{ status: string }>('SELECT status FROM reservations WHERE order_id = ?', [orderId]))[0]
      ?.status;

  describe('releasing stock', () => {
    it('gives back all that the order holds, and says what that was', async () => {
      const order = anOrder();
      await database.reserve(order);
      await database.release(theReleaseOf(order));

      expect(await counters()).toEqual(FULL);
      const [reserved, released] = await database.told(`reservation/${order.orderId}`);
      expect([reserved?.type, released?.type]).toEqual(['product.stockReserved', 'product.stockReleased']);
      expect(stockReleasedSchema.parse(released?.data)).toEqual(released?.data);
      const { orderId, clientId, idempotencyKey } = order;
      expect(released?.data).toMatchObject({ orderId, clientId, idempotencyKey });
      const { items } = stockReleasedSchema.parse(released?.data);
      expect(items.map(({ sku, quantity }) => [sku, quantity]).sort()).toEqual([
        ['CUP', 3],
        ['MUG', 3],
      ]);
      expect(await movementsOf(orderId)).toEqual([
        { kind: 'release', available: 6, reserved: -6 },
        { kind: 'reserve', available: -6, reserved: 6 },
      ]);
    });

    it('gives back once, however often it is asked for, and answers every repeat', async () => {
      const order = anOrder();
      await database.reserve(order);
      await Promise.all(Array.from({ length: 5 }, () => database.release(theReleaseOf(order))));
      await database.release(theReleaseOf(order));

      expect(await counters()).toEqual(FULL);
      expect(await database.told(`reservation/${order.orderId}`)).toHaveLength(2);
      expect(await repeated()).toEqual(Array.from({ length: 5 }, () => ({ type: 'product.stockReleased' })));
    });

    it('keeps a reservation that comes later from taking anything', async () => {
      const order = anOrder();
      await database.release(theReleaseOf(order));
      await database.reserve(order);
      await database.reserve(order);

      expect(await counters()).toEqual(FULL);
      expect(await movementsOf(order.orderId)).toEqual([]);
      expect(await database.told(`reservation/${order.orderId}`)).toMatchObject([
        { type: 'product.stockReserved', data: { reserved: false, reason: 'ORDER_CANCELLED' } },
        { type: 'product.stockReleased', data: { items: [] } },
      ]);
      const [refused] = await database.told(`reservation/${order.orderId}`);
      expect(stockReservedSchema.parse(refused?.data)).toEqual(refused?.data);
      expect(await repeated()).toEqual([{ type: 'product.stockReserved' }, { type: 'product.stockReserved' }]);
    });

    it('is the same whichever of both comes first, and with repeats of both among them', async () => {
      const orders = Array.from({ length: 24 }, () => aReserveStock({ items: [{ productId: 'CUP', quantity: 1 }] }));
      await Promise.all(
        orders.flatMap((order, index) => {
          const reserve = () => database.reserve(order);
          const release = () => database.release(theReleaseOf(order));
          const ways = [
            [reserve, release],
            [release, reserve],
            [reserve, release, reserve, release],
            [release, reserve, reserve, release],
          ];
          return (ways[index % ways.length] ?? []).map((step) => step());
        }),
      );
      expect(await counters()).toEqual(FULL);
      for (const { orderId } of orders) {
        expect(await statusOf(orderId)).toBe('RELEASED');
        const types = (await database.told(`reservation/${orderId}`)).map(({ type }) => type);
        expect(types).toEqual(['product.stockReserved', 'product.stockReleased']);
      }
    });

    it('of an order that was refused gives back nothing, and says so', async () => {
      const order = aReserveStock({ items: [{ productId: 'CUP', quantity: 4 }] });
      await database.reserve(order);
      await database.release(theReleaseOf(order));
      await database.reserve(order);

      expect(await counters()).toEqual(FULL);
      expect(await database.told(`reservation/${order.orderId}`)).toMatchObject([
        { data: { reserved: false, reason: 'OUT_OF_STOCK' } },
        { data: { items: [] } },
      ]);
    });

    it('makes the units free for the next order', async () => {
      const [first, second] = [anOrder(), anOrder()];
      await database.reserve(first);
      await database.release(theReleaseOf(first));
      await database.reserve(second);
      expect(await database.told(`reservation/${second.orderId}`)).toMatchObject([{ data: { reserved: true } }]);
      expect(await statusOf(second.orderId)).toBe('RESERVED');
    });

    it('changes nothing where the product does not hold what the order does', async () => {
      const order = anOrder();
      await database.reserve(order);
      await database.unitOfWork.run((tx) => tx.run("UPDATE products SET reserved = 1 WHERE sku = 'MUG'"));
      await expect(database.release(theReleaseOf(order))).rejects.toMatchObject({ code: 'STOCK_INCONSISTENT' });
      expect(await statusOf(order.orderId)).toBe('RESERVED');
      expect(await database.told(`reservation/${order.orderId}`)).toHaveLength(1);
      expect(await counters()).toMatchObject([{ sku: 'CUP', available: 0, reserved: 3 }, { reserved: 1 }]);
    });
  });
});

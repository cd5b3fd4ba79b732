import { newId, type OrderStatus, orderStatusSchema } from '@holdfast/contracts';
import { dialects } from '@holdfast/testing';
import { type OrderFilter } from '../src/app/order-lists.ports.js';
import { type Order } from '../src/domain/order.js';
import { anOrder, EVERYTHING, OrderBook } from './order-book.harness.js';

const START = Date.parse('2026-01-05T00:00:00.000Z');

const only = (given: Partial<OrderFilter>): OrderFilter => ({ ...EVERYTHING, ...given });
const line = (productId: string, quantity = 1) => ({ productId, quantity });

/** What a list has to be: all orders, filtered and sorted in memory. */
function expected(orders: readonly Order[], filter: OrderFilter): string[] {
  const { clientId, status, productNames, reference, from, to } = filter;
  return orders
    .filter(
      (order) =>
        (clientId === null || order.clientId === clientId) &&
        (status === null || order.status === status) &&
        (productNames === null || order.lines.some(({ productId }) => productNames.includes(productId))) &&
        (reference === null || order.reference === reference) &&
        order.createdAt >= (from ?? 0) &&
        order.createdAt <= (to ?? Number.MAX_SAFE_INTEGER),
    )
    .sort((one, other) => other.createdAt - one.createdAt || (other.id > one.id ? 1 : -1))
    .map(({ id }) => id);
}

/** Two at a time in one millisecond, of every kind. */
function allKinds(count: number): Order[] {
  const pick = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;
  return Array.from({ length: count }, (_, index) =>
    anOrder({
      createdAt: START + Math.floor(index / 2),
      clientId: pick(['shop', 'shop', 'other'], index),
      status: pick(orderStatusSchema.options, Math.floor(index / 3)),
      reference: pick([null, 'PO 1', 'PO 2'], Math.floor(index / 5)),
      lines: pick([[line('mug')], [line('lamp'), line('mug'), line('lamp')], [line('mug'), line('mug')]], index),
    }),
  );
}

const oneOf = <T>(...values: T[]): (T | null)[] => [null, ...values];

/** Every combination of filters. */
const combinations: OrderFilter[] = oneOf('shop', 'nobody').flatMap((clientId) =>
  oneOf<OrderStatus>('CONFIRMED', 'PENDING').flatMap((status) =>
    oneOf(['mug'], ['lamp', 'mug'], ['none']).flatMap((productNames) =>
      oneOf('PO 1', 'PO 9').flatMap((reference) =>
        [
          { from: null, to: null },
          { from: START + 10, to: START + 30 },
        ].map((range) => ({ clientId, status, productNames, reference, ...range })),
      ),
    ),
  ),
);

describe.each(dialects)('a list of orders on %s', (dialect) => {
  let book: OrderBook;

  beforeEach(async () => {
    book = await OrderBook.open(dialect);
  });
  afterEach(() => book.close());

  it('has what the filters say, newest first, whatever is combined and however small the pages are', async () => {
    const orders = allKinds(120);
    await book.store(...orders);
    for (const filter of combinations) {
      for (const limit of [7, 100]) {
        const walked = await book.walk(filter, limit);
        expect({ filter, limit, walked }).toEqual({ filter, limit, walked: expected(orders, filter) });
      }
    }
  });

  it('shows orders as they are, with their lines', async () => {
    const order = anOrder({ status: 'CONFIRMED', lines: [line('mug', 2), line('lamp', 3)], reference: 'R' });
    await book.store(order);
    const { orders, next } = await book.lists.page(EVERYTHING, undefined, 10);
    expect(next).toBeUndefined();
    expect(orders).toEqual([
      {
        ...order,
        total: { amount: 1_250, currency: 'EUR' },
        lines: [
          expect.objectContaining({ productId: 'id-of-mug', sku: 'mug', quantity: 2 }),
          expect.objectContaining({ productId: 'id-of-lamp', sku: 'lamp', quantity: 3 }),
        ],
        updatedAt: orders[0]?.updatedAt,
        version: 2,
      },
    ]);
  });

  it('has every order that was there once and none that came, while orders arrive and are decided', async () => {
    const there = Array.from({ length: 60 }, (_, index) => anOrder({ createdAt: START + Math.floor(index / 4) }));
    await book.store(...there);
    const arrived: Order[] = [];
    const arrive = async () => {
      // The last of them was asked for before all others and had to wait: its id is older than theirs.
      const late = anOrder({ id: newId().replace(/^.{8}/, '00000000'), createdAt: START + 1_000 + arrived.length });
      const coming = [anOrder({ createdAt: START + 1_000 + arrived.length }), late];
      arrived.push(...coming);
      await book.store(...coming);
      // Half of them are on pages that come yet.
      const decided = there[(arrived.length * 7) % there.length];
      if (decided) await book.decide({ ...decided, status: 'CONFIRMED' });
    };
    expect(await book.walk(EVERYTHING, 7, arrive)).toEqual(expected(there, EVERYTHING));
    expect(await book.walk(EVERYTHING, 7)).toEqual(expected([...there, ...arrived], EVERYTHING));
  });

  it('goes on where an order was that has left it meanwhile', async () => {
    const pending = Array.from({ length: 6 }, (_, index) => anOrder({ createdAt: START + index }));
    await book.store(...pending);
    const filter = only({ status: 'PENDING' });
    const first = await book.lists.page(filter, undefined, 2);
    await book.database.unitOfWork.run((tx) =>
      tx.run("UPDATE orders SET status = 'REJECTED', rejection_reason = 'OUT_OF_STOCK'"),
    );
    await book.store(anOrder({ createdAt: START + 2 }));
    const second = await book.lists.page(filter, first.next, 2);
    expect(second.orders.map(({ createdAt }) => createdAt)).toEqual([START + 2]);
  });

  it('comes to its end by short pages where a filter fits few of many orders', async () => {
    const many = Array.from({ length: 4_500 }, (_, index) => anOrder({ clientId: 'other', createdAt: START + index }));
    const [oldest, middle] = [anOrder({ createdAt: START - 1 }), anOrder({ createdAt: START + 2_250 })];
    await book.store(...many, oldest, middle);
    const filter = only({ clientId: 'shop', productNames: ['mug'] });
    const { orders, next } = await book.lists.page(filter, undefined, 10);
    expect(orders).toEqual([]);
    expect(next).toBeDefined();
    expect(await book.walk(filter, 10)).toEqual([middle.id, oldest.id]);
    expect(await book.walk(only({ status: 'REJECTED', productNames: ['mug'] }), 10)).toEqual([]);
  });

  it('has short pages where orders have many lines', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => line(`product-${index}`));
    const orders = Array.from({ length: 12 }, (_, index) => anOrder({ createdAt: START + index, lines }));
    await book.store(...orders);
    const { orders: page, next } = await book.lists.page(EVERYTHING, undefined, 100);
    expect(page).toHaveLength(5);
    expect(next).toEqual({ createdAt: page[4]?.createdAt, id: page[4]?.id });
    expect(await book.walk(EVERYTHING, 100)).toEqual(expected(orders, EVERYTHING));
  });
});

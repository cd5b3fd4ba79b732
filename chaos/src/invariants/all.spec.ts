import { ATTEMPTS } from '../stand/webhook-retries.js';
import { judge } from './all.js';
import { aCall, anOrder, callbacks, ORDER, placed, seen, theBooks, theEvidence } from './evidence.builder.js';
import { type Evidence } from './invariant.js';

const brokenBy = (changed: Partial<Evidence>): string => [...judge(theEvidence(changed)).keys()].join('');
const withBooks = (changed: Parameters<typeof theBooks>[0]): Partial<Evidence> => ({ books: theBooks(changed) });

it('finds nothing wrong with a system that is in order', () => {
  expect(judge(theEvidence())).toEqual(new Map());
});

const product = { id: 'product-1', sku: 'MUG', available: 8, reserved: 2, sold: 0 };
const ledger = { id: 'product-1', available: 8, reserved: 2, sold: 0, entered: 10, adjusted: 0 };
const restock = (delta: number) => aCall({ operation: 'adjust', key: 'restock-1', target: 'MUG', body: { delta } });

type Line = [product: string, quantity: number];
const lines = (...units: Line[]) => units.map(([product, quantity]) => ({ orderId: ORDER, product, quantity }));
const held = (...units: Line[]) =>
  units.map(([product, quantity]) => ({ orderId: ORDER, product, held: quantity, taken: quantity }));

/** `order.confirmed`. */
const DEAD = { webhookId: 'webhook-1', eventId: 'event-3', subject: `order/${ORDER}`, status: 'dead' } as const;

describe.each<[string, string, Partial<Evidence>]>([
  ['C', 'a unit that is gone', withBooks({ products: [{ ...product, available: 7 }] })],
  [
    'C',
    'a unit too many in the counters and in the ledger',
    withBooks({ products: [{ ...product, available: 9 }], ledger: [{ ...ledger, available: 9 }] }),
  ],
  [
    'C',
    'more reserved than there is',
    withBooks({
      products: [{ ...product, available: -2, reserved: 12 }],
      ledger: [{ ...ledger, available: -2, reserved: 12 }],
    }),
  ],
  [
    'C',
    'stock that nobody has put there',
    withBooks({ products: [{ ...product, available: 9 }], ledger: [{ ...ledger, available: 9, entered: 11 }] }),
  ],
  ['C', 'a product that is gone', withBooks({ products: [] })],
  ['L', 'what did not come to rest', { unfinished: { 'orders PENDING': 1 } }],
  [
    'L',
    'an order that was accepted and is gone',
    { calls: [placed(), aCall({ key: 'key-2' }, { order: { id: 'order-2', status: 'PENDING', version: 1 } })] },
  ],
  [
    'L',
    'an adjustment that was accepted and is gone',
    {
      calls: [placed(), restock(1)],
      ...withBooks({
        products: [{ ...product, available: 9 }],
        ledger: [{ ...ledger, available: 9, entered: 11, adjusted: 1 }],
      }),
    },
  ],
  ['L', 'a message that was given up', { deadLetters: { 'orders_queue.dlq': 1 } }],
  ['L', 'poison that vanished', { poisoned: 1 }],
  [
    'E',
    'another answer to the same request',
    { calls: [placed(), aCall({ key: 'key-1' }, { order: { id: ORDER, status: 'CONFIRMED', version: 2 } })] },
  ],
  ['E', 'an order that nobody has placed', { calls: [] }],
  [
    'E',
    'an adjustment that was made twice',
    {
      calls: [placed(), restock(1), restock(1)],
      ...withBooks({
        adjustments: [{ idempotencyKey: 'restock-1' }],
        products: [{ ...product, available: 9 }],
        ledger: [{ ...ledger, available: 9, entered: 11, adjusted: 2 }],
      }),
    },
  ],
  ['E', 'an order that lacks a line', { calls: [placed(['MUG', 2], ['LAMP', 1])] }],
  ['E', 'a product that nobody has asked for', { calls: [placed(['LAMP', 2])] }],
  ['E', 'a number that nobody has asked for', { calls: [placed(['MUG', 3])] }],
  [
    'E',
    'two products that have changed places',
    {
      calls: [placed(['MUG', 1], ['LAMP', 2])],
      ...withBooks({ items: lines(['MUG', 2], ['LAMP', 1]), holdings: held(['MUG', 2], ['LAMP', 1]) }),
    },
  ],
  ['M', 'another state after a final one', { calls: [placed(), seen('REJECTED', 2, 200), seen('CONFIRMED', 3, 300)] }],
  ['M', 'an older state after a newer one', { calls: [placed(), seen('CONFIRMED', 2, 200), seen('PENDING', 1, 300)] }],
  ['M', 'a state in the database that is older than what was shown', { calls: [placed(), seen('CANCELLED', 3, 200)] }],
  ['W', 'an event that nobody was told of', { accepted: new Map([['/steady', callbacks(1)]]) }],
  ['W', 'events of an order the other way round', { accepted: new Map([['/steady', callbacks(2, 1)]]) }],
  [
    'W',
    'an adjustment that the operator was not told of',
    {
      ...withBooks({
        productEvents: [{ id: 'event-9', streamId: 'product/product-1', version: 1, type: 'product.stockAdjusted' }],
      }),
      accepted: new Map([['/operator', callbacks(1, 2)]]),
    },
  ],
  [
    'W',
    'a webhook that was disabled without a word',
    withBooks({
      webhookEvents: [{ id: 'event-9', streamId: 'webhook/webhook-2', version: 1, type: 'webhook.disabled' }],
    }),
  ],
  ['W', 'a wrong signature', { forged: 1 }],
  [
    'W',
    'an event that was given up though nobody refused it',
    { ...withBooks({ deliveries: [DEAD] }), accepted: new Map([['/steady', callbacks(1)]]) },
  ],
  ['W', 'an event that was given up though it was accepted', withBooks({ deliveries: [DEAD] })],
  [
    'W',
    'an event that was given up before the last attempt',
    {
      ...withBooks({ deliveries: [DEAD] }),
      accepted: new Map([['/steady', callbacks(1)]]),
      refused: new Map([['/steady', new Map([[DEAD.eventId, ATTEMPTS - 1]])]]),
    },
  ],
  ['S', 'a consumer that is gone and does not say so', { silent: ['a consumer is gone'] }],
  ['B', 'memory that grows', { unbounded: ['memory grows'] }],
])('%s', (letter, what, changed) => {
  it(`is broken by ${what}, and nothing else is`, () => {
    expect(brokenBy(changed)).toBe(letter);
  });
});

it('holds W when what an endpoint has refused to the last attempt is dead', () => {
  const refused: Evidence['refused'] = new Map([['/steady', new Map([[DEAD.eventId, ATTEMPTS]])]]);
  const accepted: Evidence['accepted'] = new Map([['/steady', callbacks(1)]]);
  expect(brokenBy({ ...withBooks({ deliveries: [DEAD] }), accepted, refused })).toBe('');
});

it('holds E and A when an order has several lines of a product', () => {
  const items = lines(['MUG', 1], ['LAMP', 1], ['MUG', 2]);
  const holdings = held(['LAMP', 1], ['MUG', 3]);
  expect(brokenBy({ calls: [placed(['MUG', 2], ['MUG', 1], ['LAMP', 1])], ...withBooks({ items, holdings }) })).toBe(
    '',
  );
});

it('finds a reservation of other products than the order has, as many as they are', () => {
  const calls = [placed(['MUG', 2], ['LAMP', 1])];
  const books = theBooks({ items: lines(['MUG', 2], ['LAMP', 1]), holdings: held(['MUG', 1], ['LAMP', 2]) });
  expect(brokenBy({ calls, books })).toBe('EA');
});

it('holds W when a callback is repeated', () => {
  expect(brokenBy({ accepted: new Map([['/steady', callbacks(1, 1, 2, 1)]]) })).toBe('');
});

it('holds L when exactly what was poisoned is given up', () => {
  expect(brokenBy({ deadLetters: { 'orders_queue.dlq': 1, 'products_queue.dlq': 2 }, poisoned: 3 })).toBe('');
});

it('holds C and E when an adjustment that was asked for twice is made once', () => {
  const books = theBooks({
    adjustments: [{ idempotencyKey: 'restock-1' }],
    products: [{ ...product, available: 9 }],
    ledger: [{ ...ledger, available: 9, entered: 11, adjusted: 1 }],
  });
  expect(brokenBy({ books, calls: [placed(), restock(1), restock(1)] })).toBe('');
});

it('finds an order that was refused though there was enough', () => {
  const refused = aCall(
    { key: 'key-1', body: { items: [{ productId: 'MUG', quantity: 2 }] } },
    { order: { id: ORDER, status: 'PENDING', version: 1 } },
  );
  const books = theBooks({ orders: [anOrder({ status: 'REJECTED' })] });
  expect(
    judge(theEvidence({ books, calls: [refused] }))
      .get('A')
      ?.join(),
  ).toContain('though there was enough');
});

describe('an order and its reservation', () => {
  it.each([
    ['PENDING for ever', 'L', anOrder({ status: 'PENDING', version: 1 })],
    ['REJECTED with stock', 'A', anOrder({ status: 'REJECTED' })],
    ['CANCELLED with stock', 'A', anOrder({ status: 'CANCELLED', stockReleased: 1 })],
  ])('%s break a promise', (_, letter, order) => {
    expect(brokenBy({ books: theBooks({ orders: [order] }), calls: [placed()] })).toContain(letter);
  });

  it('two orders of one key break E', () => {
    const orders = [anOrder(), anOrder({ id: 'order-2' })];
    expect(brokenBy({ books: theBooks({ orders }) })).toContain('E');
  });

  it('a reservation that took its units twice breaks E', () => {
    expect(brokenBy(withBooks({ holdings: [{ orderId: ORDER, product: 'MUG', held: 2, taken: 4 }] }))).toBe('E');
  });
});

import { type Books, type OrderRow } from '../books/books.js';
import { type Answered, type Asked, type Call } from '../history/history.js';
import { type Evidence } from './invariant.js';

/** An order of two units of MUG that was placed with `key-1` and is CONFIRMED; the whole of a system that is in order. */
export const ORDER = 'order-1';

export const anOrder = (changed: Partial<OrderRow> = {}): OrderRow => ({
  ...{ id: ORDER, idempotencyKey: 'shop:key-1', status: 'CONFIRMED', stockReleased: 0, version: 2 },
  ...changed,
});

const EVENTS: Books['orderEvents'] = ['order.created', 'product.reserveStock', 'order.confirmed'].map(
  (type, index) => ({ id: `event-${index + 1}`, streamId: `order/${ORDER}`, version: index + 1, type }),
);

export const theBooks = (changed: Partial<Books> = {}): Books => ({
  orders: [anOrder()],
  items: [{ orderId: ORDER, product: 'MUG', quantity: 2 }],
  products: [{ id: 'product-1', sku: 'MUG', available: 8, reserved: 2, sold: 0 }],
  ledger: [{ id: 'product-1', available: 8, reserved: 2, sold: 0, entered: 10, adjusted: 0 }],
  holdings: [{ orderId: ORDER, product: 'MUG', held: 2, taken: 2 }],
  reservations: [{ orderId: ORDER, status: 'RESERVED' }],
  adjustments: [],
  orderEvents: EVENTS,
  productEvents: [],
  webhookEvents: [],
  deliveries: [],
  unpublished: 0,
  ...changed,
});

let calls = 0;

/** A request and its answer, 10 ms later. */
export function aCall(asked: Partial<Asked>, answer: Partial<Answered> = {}): Call {
  calls += 1;
  const atMs = asked.atMs ?? calls * 100;
  return {
    asked: { kind: 'asked', call: calls, operation: 'place', ...asked, atMs },
    outcome: { kind: 'answered', call: calls, atMs: atMs + 10, tookMs: 10, status: 201, ...answer },
  };
}

/** @param lines what was asked for. */
export const placed = (...lines: [productId: string, quantity: number][]): Call =>
  aCall(
    { key: 'key-1', atMs: 1, body: { items: itemsOf(lines.length > 0 ? lines : [['MUG', 2]]) } },
    { order: { id: ORDER, status: 'PENDING', version: 1 } },
  );

const itemsOf = (lines: [productId: string, quantity: number][]) =>
  lines.map(([productId, quantity]) => ({ productId, quantity }));

export const seen = (status: OrderRow['status'], version: number, atMs: number): Call =>
  aCall({ operation: 'read', target: ORDER, atMs }, { status: 200, order: { id: ORDER, status, version } });

/** What an endpoint got of the order, in this order, by number of its event. */
export function callbacks(...numbers: number[]): NonNullable<ReturnType<Evidence['accepted']['get']>> {
  return numbers.map((number) => {
    const { id = '', type = '' } = TOLD.find(({ sequence }) => sequence === number) ?? {};
    return {
      ...{ id, type: type as 'order.created', subject: `order/${ORDER}`, sequence: number, previousEventId: null },
      ...{ timestamp: '2026-01-01T00:00:00.000Z', data: {}, headers: {}, path: '/steady', attempt: 1, status: 204 },
    };
  });
}

const TOLD = EVENTS.filter(({ type }) => type !== 'product.reserveStock').map((event, index) => ({
  ...event,
  sequence: index + 1,
}));

export const theEvidence = (changed: Partial<Evidence> = {}): Evidence => ({
  calls: [placed()],
  books: theBooks(),
  initialStock: new Map([['MUG', 10]]),
  accepted: new Map([['/steady', callbacks(1, 2)]]),
  refused: new Map(),
  webhookIds: new Map([['/steady', 'webhook-1']]),
  forged: 0,
  deadLetters: {},
  poisoned: 0,
  unfinished: {},
  silent: [],
  unbounded: [],
  ...changed,
});

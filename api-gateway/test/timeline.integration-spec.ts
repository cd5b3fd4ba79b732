import {
  accepted,
  newId,
  type OrderTimeline,
  orderTimelineSchema,
  refused,
  type TimelineEntry,
} from '@holdfast/contracts';
import { bearer, CLIENT_KEY, OPERATOR_KEY, problemIn, type Suite, startSuite } from './gateway.harness.js';

const NOON = Date.parse('2026-01-05T12:00:00.000Z');
const [REQUEST, CREATED, RESERVE, RESERVED, CONFIRMED] = ['request', 'created', 'reserve', 'reserved', 'confirmed'];

const entry = (
  ms: number,
  service: TimelineEntry['service'],
  kind: TimelineEntry['kind'],
  id: string,
  causedBy: string | null,
): TimelineEntry => ({
  at: new Date(NOON + ms).toISOString(),
  service,
  kind,
  type: `type of ${id}`,
  id,
  causedBy,
  data: {},
});

const OF_ORDERS = [
  entry(0, 'gateway', 'request', REQUEST, null),
  entry(3, 'orders', 'event', CREATED, REQUEST),
  entry(3, 'orders', 'message', RESERVE, REQUEST),
  entry(9, 'orders', 'event', CONFIRMED, RESERVED),
];
// By a clock that is a second behind.
const OF_PRODUCTS = [
  entry(-995, 'products', 'stock-movement', 'movement', RESERVE),
  entry(-995, 'products', 'event', RESERVED, RESERVE),
];
const OF_WEBHOOKS = [
  entry(5, 'webhooks', 'webhook-attempt', 'attempt 1', CREATED),
  entry(12, 'webhooks', 'webhook-attempt', 'attempt 2', CONFIRMED),
];

const part = (entries: TimelineEntry[], truncated = false) => accepted({ entries, truncated });

let suite: Suite;
const orderId = newId();

beforeAll(async () => {
  suite = await startSuite();
});
afterAll(() => suite.stop());
beforeEach(() => {
  suite.services.forget();
  suite.services.answers.set('orders.timeline', () => part(OF_ORDERS));
  suite.services.answers.set('products.timeline', () => part(OF_PRODUCTS));
  suite.services.answers.set('webhooks.timeline', () => part(OF_WEBHOOKS));
});

const ask = (key = CLIENT_KEY, id = orderId, { url } = suite.gateway) =>
  fetch(`${url}/orders/${id}/timeline`, { headers: bearer(key) });

async function shown(key?: string): Promise<OrderTimeline> {
  const answer = await ask(key);
  expect(answer.status).toBe(200);
  return orderTimelineSchema.parse(await answer.json());
}

const idsIn = ({ data }: OrderTimeline) => data.map(({ id }) => id);
const queryTo = (pattern: string) => suite.services.receivedBy(pattern)[0]?.data;

describe('a timeline', () => {
  it('is one list of what all services tell, causes first', async () => {
    const timeline = await shown();
    expect(idsIn(timeline)).toEqual([
      ...[REQUEST, CREATED, RESERVE, 'movement', RESERVED],
      ...['attempt 1', CONFIRMED, 'attempt 2'],
    ]);
    expect([timeline.incomplete, timeline.truncated]).toEqual([[], false]);
    expect(timeline.data[3]).toEqual(OF_PRODUCTS[0]);
  });

  it.each([
    [CLIENT_KEY, { role: 'client', clientId: 'shop' }],
    [OPERATOR_KEY, { role: 'operator', clientId: 'ops' }],
  ])('is asked for in the name of the caller, by the events that there were', async (key, caller) => {
    await shown(key);
    expect(queryTo('orders.timeline')).toEqual({ caller, orderId });
    expect(queryTo('products.timeline')).toEqual({ caller, orderId });
    const webhooks = queryTo('webhooks.timeline');
    expect(webhooks?.caller).toEqual(caller);
    expect(new Set(webhooks?.eventIds as string[])).toEqual(new Set([REQUEST, CREATED, CONFIRMED, RESERVED, RESERVE]));
    const asked = suite.services.received.map(({ properties }) => properties.messageId);
    expect(new Set(asked).size).toBe(3);
  });

  it('lacks what a service does not tell, and says so', async () => {
    suite.services.answers.set('products.timeline', () => 'no answer');
    const withoutProducts = await shown();
    expect(withoutProducts.incomplete).toEqual(['products']);
    expect(idsIn(withoutProducts)).toEqual([REQUEST, CREATED, RESERVE, 'attempt 1', CONFIRMED, 'attempt 2']);
    // Known by its effect.
    expect(queryTo('webhooks.timeline')?.eventIds).toContain(RESERVED);

    suite.services.answers.set('webhooks.timeline', () => ({ raw: { err: { message: 'broken' }, isDisposed: true } }));
    const ofOrders = await shown();
    expect([...ofOrders.incomplete].sort()).toEqual(['products', 'webhooks']);
    expect(idsIn(ofOrders)).toEqual(OF_ORDERS.map(({ id }) => id));
  });

  it('is refused where orders-service refuses it or does not say whose order it is', async () => {
    suite.services.answers.set('orders.timeline', () => refused('ORDER_NOT_FOUND', 'There is no such order.'));
    const missing = await ask();
    expect([missing.status, (await problemIn(missing)).code]).toEqual([404, 'ORDER_NOT_FOUND']);
    expect(queryTo('webhooks.timeline')).toBeUndefined();
    suite.services.answers.set('orders.timeline', () => 'no answer');
    const impatient = await suite.another({ REQUEST_TIMEOUT_MS: '1000' });
    const unknown = await ask(CLIENT_KEY, orderId, impatient);
    expect([unknown.status, (await problemIn(unknown)).code]).toEqual([504, 'ANSWER_TIMEOUT']);
    expect((await ask(CLIENT_KEY, 'no-id')).status).toBe(404);
  });

  it('has 1,000 entries at most, and says that there are more', async () => {
    const attempts = Array.from({ length: 999 }, (_, ms) =>
      entry(20 + ms, 'webhooks', 'webhook-attempt', `attempt ${ms}`, CREATED),
    );
    suite.services.answers.set('webhooks.timeline', () => part(attempts));
    const long = await shown();
    expect([long.data.length, long.truncated]).toEqual([1_000, true]);
    suite.services.answers.set('webhooks.timeline', () => part(OF_WEBHOOKS, true));
    expect((await shown()).truncated).toBe(true);
  });
});

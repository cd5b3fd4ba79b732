import { type OrderView } from '@holdfast/contracts';
import { waitUntil } from '@holdfast/testing';
import { type Gateway } from '../src/gateway.js';
import { bearer, CLIENT_KEY, OPERATOR_KEY, post, problemIn, type Suite, startSuite } from './gateway.harness.js';
import { anOrder, ServicesDouble } from './services.double.js';

let suite: Suite;
let services: ServicesDouble;
/** Does not wait long for a service. */
let impatient: Gateway;

beforeAll(async () => {
  suite = await startSuite();
  impatient = await suite.another({ REQUEST_TIMEOUT_MS: '3000' });
  services = suite.services;
});
beforeEach(() => services.forget());
afterAll(() => suite.stop());

const orders = () => `${suite.gateway.url}/orders`;

describe('POST /orders', () => {
  it('becomes one command whose id is the id of the order', async () => {
    const answer = await post(orders(), { productId: 'lamp', quantity: 2, reference: 'PO 7' });
    const order = (await answer.json()) as OrderView;
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/orders/${order.id}`);
    expect(order.status).toBe('PENDING');
    const [request] = services.received;
    expect(services.received).toHaveLength(1);
    expect(request?.pattern).toBe('orders.create');
    expect(request?.data).toEqual({
      clientId: 'shop',
      items: [{ productId: 'lamp', quantity: 2 }],
      reference: 'PO 7',
    });
    expect(request?.properties).toMatchObject({ messageId: order.id, correlationId: order.id, deliveryMode: 2 });
  });

  it('takes several lines, and passes key and trace context on', async () => {
    const items = [
      { productId: 'lamp', quantity: 1 },
      { productId: 'desk', quantity: 3 },
    ];
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await post(orders(), { items }, { 'idempotency-key': '"several-1"', traceparent });
    expect(answer.status).toBe(201);
    expect(services.received[0]?.data).toEqual({ clientId: 'shop', idempotencyKey: 'several-1', items });
    expect(services.received[0]?.properties.headers).toMatchObject({ traceparent });
  });

  it('answers a repeat with the same key with the stored order, byte for byte, and says so', async () => {
    const send = () => post(orders(), { productId: 'lamp', quantity: 2 }, { 'idempotency-key': 'repeat-1' });
    const first = await send();
    const second = await send();
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.status).toBe(201);
    expect(await second.text()).toBe(await first.text());
  });

  it('passes the refusal of a reused key on', async () => {
    services.answers.set('orders.create', () => ({
      ok: false,
      error: { code: 'IDEMPOTENCY_KEY_REUSED', detail: 'It was used for another order.' },
    }));
    const answer = await post(orders(), { productId: 'lamp', quantity: 2 }, { 'idempotency-key': 'reused' });
    expect(answer.status).toBe(422);
    expect(await problemIn(answer)).toMatchObject({
      type: '/errors/idempotency-key-reused',
      code: 'IDEMPOTENCY_KEY_REUSED',
      detail: 'It was used for another order.',
    });
  });

  it('says that the outcome is unknown when no answer comes', async () => {
    services.answers.set('orders.create', () => 'no answer');
    const answer = await post(`${impatient.url}/orders`, { productId: 'lamp', quantity: 2 });
    expect(answer.status).toBe(504);
    const problem = await problemIn(answer);
    expect(problem.code).toBe('ANSWER_TIMEOUT');
    expect(problem.detail).toContain('same Idempotency-Key');
    expect(problem.requestId).toBe(services.received[0]?.properties.messageId);
  });

  it('shows nothing of what failed inside', async () => {
    services.answers.set('orders.create', () => ({ raw: { err: { message: 'SQLITE_FULL at /data/orders.db' } } }));
    const answer = await post(orders(), { productId: 'lamp', quantity: 2 });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/SQLITE|data|stack/);
  });
});

describe('POST /orders with Prefer: wait', () => {
  it('answers with the final order when its event comes', async () => {
    const answering = post(orders(), { productId: 'lamp', quantity: 2 }, { prefer: 'wait=20' });
    await waitUntil('the order is placed', () => services.receivedBy('orders.create').length === 1);
    services.finish(String(services.received[0]?.properties.messageId));
    const answer = await answering;
    expect(answer.status).toBe(201);
    expect(answer.headers.get('preference-applied')).toBe('wait=20');
    expect(await answer.json()).toMatchObject({ status: 'CONFIRMED', version: 2 });
  });

  it('misses no event that comes before the answer to the command', async () => {
    services.answers.set('orders.create', ({ properties }) => {
      const order = anOrder({ id: String(properties.messageId) });
      services.orders.set(order.id, order);
      services.finish(order.id, 'REJECTED');
      return { ok: true, value: { order, replayed: false } };
    });
    const answer = await post(orders(), { productId: 'lamp', quantity: 2 }, { prefer: 'wait=20' });
    expect(await answer.json()).toMatchObject({ status: 'REJECTED' });
  });

  it('answers with what the order is when the time is up', async () => {
    const answer = await post(orders(), { productId: 'lamp', quantity: 2 }, { prefer: 'respond-async, WAIT="1"' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('preference-applied')).toBe('wait=1');
    expect(await answer.json()).toMatchObject({ status: 'PENDING' });
    expect(services.receivedBy('orders.get')).toHaveLength(1);
  });

  it('waits for the earlier order when it repeats a request', async () => {
    const key = { 'idempotency-key': 'wait-for-earlier' };
    const first = (await (await post(orders(), { productId: 'lamp', quantity: 2 }, key)).json()) as OrderView;
    const answering = post(orders(), { productId: 'lamp', quantity: 2 }, { ...key, prefer: 'wait=20' });
    await waitUntil(
      'the gateway has looked at the earlier order',
      () => services.receivedBy('orders.get').length === 1,
    );
    services.finish(first.id);
    const answer = await answering;
    expect(answer.headers.get('idempotency-replayed')).toBe('true');
    expect(await answer.json()).toMatchObject({ id: first.id, status: 'CONFIRMED' });
  });

  it('does not wait for an earlier order that is final already', async () => {
    const key = { 'idempotency-key': 'earlier-is-final' };
    const first = (await (await post(orders(), { productId: 'lamp', quantity: 2 }, key)).json()) as OrderView;
    services.finish(first.id);
    const answer = await post(orders(), { productId: 'lamp', quantity: 2 }, { ...key, prefer: 'wait=20' });
    expect(await answer.json()).toMatchObject({ id: first.id, status: 'CONFIRMED' });
  });

  it('makes no error of an order that is placed and cannot be read', async () => {
    services.answers.set('orders.get', () => 'no answer');
    const answer = await post(`${impatient.url}/orders`, { productId: 'lamp', quantity: 2 }, { prefer: 'wait=1' });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ status: 'PENDING' });
  });

  it('forgets a caller who has gone', async () => {
    const gone = new AbortController();
    const answering = fetch(orders(), {
      method: 'POST',
      headers: { ...bearer(CLIENT_KEY), 'content-type': 'application/json', prefer: 'wait=30' },
      body: JSON.stringify({ productId: 'lamp', quantity: 2 }),
      signal: gone.signal,
    }).catch(() => 'gone');
    const waiting = async () =>
      (await (await fetch(`${suite.gateway.url}/metrics`)).text()).match(/holdfast_waiting_callers (\d+)/)?.[1];
    await waitUntil('the caller waits', async () => (await waiting()) === '1');
    gone.abort();
    expect(await answering).toBe('gone');
    await waitUntil('nobody waits', async () => (await waiting()) === '0');
  });

  it('ignores a preference that it cannot read', async () => {
    const answer = await post(orders(), { productId: 'lamp', quantity: 2 }, { prefer: 'wait=soon' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('preference-applied')).toBeNull();
  });
});

describe('GET /orders/{id}', () => {
  it('tells the service who asks, and decides nothing itself', async () => {
    const order = anOrder();
    services.orders.set(order.id, order);
    const answer = await fetch(`${orders()}/${order.id.toUpperCase()}`, { headers: bearer(CLIENT_KEY) });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(order);
    await fetch(`${orders()}/${order.id}`, { headers: bearer(OPERATOR_KEY) });
    expect(services.received.map(({ data }) => data)).toEqual([
      { caller: { role: 'client', clientId: 'shop' }, orderId: order.id },
      { caller: { role: 'operator', clientId: 'ops' }, orderId: order.id },
    ]);
  });

  it('answers 304 to whoever has the current state', async () => {
    const order = anOrder({ version: 4 });
    services.orders.set(order.id, order);
    const get = (etag: string) =>
      fetch(`${orders()}/${order.id}`, { headers: { ...bearer(CLIENT_KEY), 'if-none-match': etag } });
    const current = await get('"3", W/"4"');
    expect(current.status).toBe(304);
    expect(current.headers.get('etag')).toBe('"4"');
    expect(await current.text()).toBe('');
    expect((await get('"3"')).status).toBe(200);
  });

  it('answers 404 to an unknown id, and to what is no id without asking anyone', async () => {
    const unknown = await fetch(`${orders()}/${anOrder().id}`, { headers: bearer(CLIENT_KEY) });
    expect((await problemIn(unknown)).code).toBe('ORDER_NOT_FOUND');
    services.forget();
    const malformed = await fetch(`${orders()}/42`, { headers: bearer(CLIENT_KEY) });
    expect(malformed.status).toBe(404);
    expect((await problemIn(malformed)).code).toBe('ORDER_NOT_FOUND');
    expect(services.received).toEqual([]);
  });
});

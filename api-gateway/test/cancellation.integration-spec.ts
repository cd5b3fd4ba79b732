import { newId, type OrderView } from '@holdfast/contracts';
import { bearer, CLIENT_KEY, OPERATOR_KEY, post, problemIn, type Suite, startSuite } from './gateway.harness.js';
import { anOrder, type ServicesDouble } from './services.double.js';

let suite: Suite;
let services: ServicesDouble;
let order: OrderView;

beforeAll(async () => {
  suite = await startSuite();
  services = suite.services;
});
beforeEach(() => {
  services.forget();
  order = anOrder({ status: 'CONFIRMED', version: 2 });
  services.orders.set(order.id, order);
});
afterAll(() => suite.stop());

const cancelPath = (id = order.id) => `${suite.gateway.url}/orders/${id}/cancel`;
const withoutBody = (headers: Record<string, string> = {}) =>
  fetch(cancelPath(), { method: 'POST', headers: { ...bearer(CLIENT_KEY), ...headers } });

describe('POST /orders/{id}/cancel', () => {
  it('becomes one command of whoever asks, and answers with the order and its validator', async () => {
    const answer = await withoutBody();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"3"');
    expect(await answer.json()).toEqual({ ...order, status: 'CANCELLED', version: 3 });
    expect(services.received).toMatchObject([
      { pattern: 'orders.cancel', data: { caller: { role: 'client', clientId: 'shop' }, orderId: order.id } },
    ]);
    expect(services.received[0]?.data).not.toHaveProperty('ifVersion');
  });

  it('takes no body, an empty one that says it is JSON, and an empty object', async () => {
    const json = { 'content-type': 'application/json' };
    for (const answer of [await withoutBody(json), await post(cancelPath(), ''), await post(cancelPath(), {})]) {
      expect(answer.status).toBe(200);
    }
  });

  it.each([
    ['a field', { reason: 'changed my mind' }, 'VALIDATION_FAILED'],
    ['a status', { status: 'CONFIRMED' }, 'VALIDATION_FAILED'],
    ['a list', [], 'VALIDATION_FAILED'],
    ['null', 'null', 'VALIDATION_FAILED'],
    ['what is not JSON', '{', 'MALFORMED_JSON'],
  ])('refuses %s', async (_name, body, code) => {
    const answer = await post(cancelPath(), body);
    expect(answer.status).toBe(400);
    expect((await problemIn(answer)).code).toBe(code);
    expect(services.received).toEqual([]);
  });

  it.each([
    ['"2"', { ifVersion: 2 }],
    ['"1", W/"9", "2"', { ifVersion: 2 }],
    ['*', {}],
  ])('passes on which state If-Match names: %s', async (ifMatch, condition) => {
    expect((await withoutBody({ 'if-match': ifMatch })).status).toBe(200);
    const { caller: _caller, orderId: _orderId, ...rest } = services.received[0]?.data ?? {};
    expect(rest).toEqual(condition);
  });

  it('answers 412 to what names no state, and 400 to what is no If-Match', async () => {
    const weak = await withoutBody({ 'if-match': 'W/"2"' });
    expect([weak.status, (await problemIn(weak)).code]).toEqual([412, 'VERSION_MISMATCH']);
    expect((await withoutBody({ 'if-match': '2' })).status).toBe(400);
    expect(services.received).toEqual([]);
  });

  it.each([
    ['ORDER_NOT_FOUND', 404],
    ['ORDER_NOT_CANCELLABLE', 409],
    ['VERSION_MISMATCH', 412],
  ] as const)('passes %s on as %d', async (code, status) => {
    services.answers.set('orders.cancel', () => ({ ok: false, error: { code, detail: 'No.' } }));
    const answer = await withoutBody();
    expect([answer.status, (await problemIn(answer)).code]).toEqual([status, code]);
  });

  it('knows no order that has not the form of an id, and ids in capitals', async () => {
    expect((await problemIn(await post(cancelPath('lamp'), {}))).code).toBe('ORDER_NOT_FOUND');
    expect(services.received).toEqual([]);
    expect((await post(cancelPath(order.id.toUpperCase()), {})).status).toBe(200);
  });
});

describe('POST /products/{id}/stock-adjustments', () => {
  const path = (ref: string) => `${suite.gateway.url}/products/${ref}/stock-adjustments`;
  const DELIVERY = { delta: 5, reason: 'a delivery' };
  const adjust = (body: unknown, headers: Record<string, string> = {}, ref = 'lamp') =>
    post(path(ref), body, { ...bearer(OPERATOR_KEY), ...headers });

  it('becomes one command of the operator, and answers with the adjustment', async () => {
    const answer = await adjust(DELIVERY, { 'idempotency-key': '"count-7"' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('idempotency-replayed')).toBeNull();
    expect(await answer.json()).toMatchObject({ delta: 5, stock: { onHand: 15 } });
    expect(services.received).toMatchObject([
      {
        pattern: 'product.adjustStock',
        data: {
          caller: { role: 'operator', clientId: 'ops' },
          ...{ productId: 'lamp', delta: 5, reason: 'a delivery', idempotencyKey: 'count-7' },
        },
      },
    ]);
  });

  it('says so when the answer is a stored one', async () => {
    services.answers.set('product.adjustStock', () => ({ ok: true, value: { adjustment: {}, replayed: true } }));
    const answer = await adjust(DELIVERY, { 'idempotency-key': 'k' });
    expect(answer.headers.get('idempotency-replayed')).toBe('true');
    expect(await answer.text()).toBe('{}');
  });

  it.each([
    [{ reason: 'x' }, '/delta'],
    [{ ...DELIVERY, delta: 0 }, '/delta'],
    [{ ...DELIVERY, delta: 1.5 }, '/delta'],
    [{ ...DELIVERY, delta: '5' }, '/delta'],
    [{ ...DELIVERY, delta: 1_000_000_001 }, '/delta'],
    [{ ...DELIVERY, delta: -1_000_000_001 }, '/delta'],
    [{ delta: 5 }, '/reason'],
    [{ ...DELIVERY, reason: ' ' }, '/reason'],
    [{ ...DELIVERY, reason: 'a\nb' }, '/reason'],
    [{ ...DELIVERY, productId: 'other' }, '/productId'],
    [{ ...DELIVERY, caller: {} }, '/caller'],
    [{ ...DELIVERY, idempotencyKey: 'k' }, '/idempotencyKey'],
  ])('refuses %j', async (body, pointer) => {
    const answer = await adjust(body);
    expect(answer.status).toBe(400);
    expect((await problemIn(answer)).errors).toEqual([{ pointer, detail: expect.any(String) }]);
    expect(services.received).toEqual([]);
  });

  it('is for operators', async () => {
    expect((await post(path('lamp'), DELIVERY)).status).toBe(403);
    expect(services.received).toEqual([]);
  });

  it.each([
    ['PRODUCT_NOT_FOUND', 404],
    ['STOCK_NOT_ADJUSTABLE', 409],
    ['IDEMPOTENCY_KEY_REUSED', 422],
  ] as const)('passes %s on as %d', async (code, status) => {
    services.answers.set('product.adjustStock', () => ({ ok: false, error: { code, detail: 'No.' } }));
    const answer = await adjust(DELIVERY);
    expect([answer.status, (await problemIn(answer)).code]).toEqual([status, code]);
  });

  it('knows no product that can be neither id nor sku', async () => {
    expect((await problemIn(await adjust(DELIVERY, {}, 'a%20b'))).code).toBe('PRODUCT_NOT_FOUND');
    expect(services.received).toEqual([]);
    expect((await adjust(DELIVERY, {}, newId())).status).toBe(201);
  });
});

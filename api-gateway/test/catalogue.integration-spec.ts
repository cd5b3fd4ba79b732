import { newId } from '@holdfast/contracts';
import { bearer, CLIENT_KEY, OPERATOR_KEY, post, problemIn, type Suite, startSuite } from './gateway.harness.js';
import { aProduct, type ServicesDouble } from './services.double.js';

let suite: Suite;
let services: ServicesDouble;

beforeAll(async () => {
  suite = await startSuite();
  services = suite.services;
});
beforeEach(() => services.forget());
afterAll(() => suite.stop());

const at = (path: string) => `${suite.gateway.url}${path}`;
const caller = { role: 'operator', clientId: 'ops' };
const LAMP = { sku: 'lamp', name: 'Lamp', price: { amount: 1_250, currency: 'EUR' }, stock: 10 };

const patch = (body: unknown, headers: Record<string, string> = {}, ref = 'lamp') =>
  fetch(at(`/products/${ref}`), {
    method: 'PATCH',
    headers: { ...bearer(OPERATOR_KEY), 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('POST /products', () => {
  const create = (headers: Record<string, string> = {}) =>
    post(at('/products'), LAMP, { ...bearer(OPERATOR_KEY), ...headers });

  it('becomes one command of the operator, with the key if there is one', async () => {
    expect((await create()).headers.get('idempotency-replayed')).toBeNull();
    await create({ 'idempotency-key': '"spring-7"' });
    expect(services.received.map(({ pattern, data }) => [pattern, data])).toEqual([
      ['product.create', { caller, ...LAMP }],
      ['product.create', { caller, ...LAMP, idempotencyKey: 'spring-7' }],
    ]);
  });

  it('answers with the stored answer as it was, headers included, and says so', async () => {
    const product = aProduct({ version: 1 });
    services.answers.set('product.create', () => ({ ok: true, value: { product, replayed: true } }));
    const answer = await create({ 'idempotency-key': 'k' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('idempotency-replayed')).toBe('true');
    expect(answer.headers.get('location')).toBe(`/products/${product.id}`);
    expect(answer.headers.get('etag')).toBe('"1.1"');
    expect(await answer.text()).toBe(JSON.stringify(product));
  });

  it.each([
    ['SKU_TAKEN', 409],
    ['IDEMPOTENCY_KEY_REUSED', 422],
  ] as const)('passes %s on as %d', async (code, status) => {
    services.answers.set('product.create', () => ({ ok: false, error: { code, detail: 'No.' } }));
    const answer = await create({ 'idempotency-key': 'k' });
    expect([answer.status, (await problemIn(answer)).code]).toEqual([status, code]);
  });
});

describe('PATCH /products/{id}', () => {
  it('becomes one command of the operator, and answers with the product and its validator', async () => {
    const answer = await patch({ name: 'Desk lamp', lowStockThreshold: null });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"2.3"');
    expect(await answer.json()).toMatchObject({ name: 'Desk lamp', catalogueVersion: 2 });
    expect(services.received.map(({ pattern, data }) => [pattern, data])).toEqual([
      ['product.change', { caller, productId: 'lamp', changes: { name: 'Desk lamp', lowStockThreshold: null } }],
    ]);
  });

  it.each([
    ['"4.12"', 4],
    ['"3.9", W/"5.1", "4.12"', 4],
    ['*', undefined],
  ])('passes on which catalogue If-Match names: %s', async (ifMatch, version) => {
    expect((await patch({ name: 'Lamp' }, { 'if-match': ifMatch })).status).toBe(200);
    expect(services.received[0]?.data.ifVersion).toBe(version);
  });

  it('answers 412 to what names no catalogue, and 400 to what is no If-Match', async () => {
    for (const ifMatch of ['"4"', 'W/"4.12"', '"lamp"']) {
      const answer = await patch({ name: 'Lamp' }, { 'if-match': ifMatch });
      expect([answer.status, (await problemIn(answer)).code]).toEqual([412, 'VERSION_MISMATCH']);
    }
    expect((await patch({ name: 'Lamp' }, { 'if-match': '4.12' })).status).toBe(400);
    expect(services.received).toEqual([]);
  });

  it('says what is wrong, and asks nobody', async () => {
    const answer = await patch({ stock: 5, price: { amount: '1', currency: 'EUR' } });
    expect(answer.status).toBe(400);
    const pointers = (await problemIn(answer)).errors?.map(({ pointer }) => pointer);
    expect(pointers).toEqual(['/price/amount', '/stock']);
    expect(services.received).toEqual([]);
  });

  it('is for operators', async () => {
    const answer = await patch({ name: 'Mine' }, bearer(CLIENT_KEY));
    expect([answer.status, (await problemIn(answer)).code]).toEqual([403, 'FORBIDDEN']);
    expect(services.received).toEqual([]);
  });

  it.each([
    ['PRODUCT_NOT_FOUND', 404],
    ['VERSION_MISMATCH', 412],
  ] as const)('passes %s on as %d', async (code, status) => {
    services.answers.set('product.change', () => ({ ok: false, error: { code, detail: 'No.' } }));
    const answer = await patch({ name: 'Lamp' });
    expect([answer.status, (await problemIn(answer)).code]).toEqual([status, code]);
  });
});

describe('GET /products/{id}/movements', () => {
  const movements = (query = '', headers = bearer(OPERATOR_KEY)) =>
    fetch(at(`/products/lamp/movements${query}`), { headers });

  it('lists a page', async () => {
    const movement = {
      ...{ position: 7, kind: 'reserve', delta: { available: -1, reserved: 1, sold: 0 }, orderId: newId() },
      ...{ reason: null, adjustedBy: null, createdAt: '2026-01-02T03:04:05.678Z' },
    };
    const page = { data: [movement], nextCursor: 'Nw' };
    services.answers.set('product.movements', () => ({ ok: true, value: page }));
    const answer = await movements('?limit=1&cursor=OA');
    expect(await answer.json()).toEqual(page);
    expect(services.received[0]?.data).toEqual({ caller, productId: 'lamp', limit: 1, cursor: 'OA' });
  });

  it('is for operators: it names the orders of every client', async () => {
    expect((await movements('', bearer(CLIENT_KEY))).status).toBe(403);
    expect(services.received).toEqual([]);
  });

  it('takes 50 unless told, and no query that it does not know', async () => {
    await movements();
    expect(services.received[0]?.data).toMatchObject({ limit: 50 });
    expect((await movements('?kind=reserve')).status).toBe(400);
    expect((await movements('?limit=0')).status).toBe(400);
  });
});

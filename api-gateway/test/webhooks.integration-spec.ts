import { type DeliveryView, newId, type WebhookView } from '@holdfast/contracts';
import { waitUntil } from '@holdfast/testing';
import { bearer, CLIENT_KEY, OPERATOR_KEY, post, problemIn, type Suite, startSuite } from './gateway.harness.js';
import { type ServicesDouble } from './services.double.js';
import { aDelivery, aWebhook, SECRET } from './webhooks.double.js';

const SHOP = { role: 'client', clientId: 'shop' };
const SETTINGS = { url: 'https://shop.example/hooks', eventTypes: ['order.*'] };
const RANGE = { from: '2026-01-31T09:00:00Z', to: '2026-01-31T10:00:00Z' };
const NOBODY = '0198b3c0-0000-7000-8000-000000000000';

let suite: Suite;
let services: ServicesDouble;

beforeAll(async () => {
  suite = await startSuite();
  services = suite.services;
});
beforeEach(() => services.forget());
afterAll(() => suite.stop());

const at = (path: string) => `${suite.gateway.url}${path}`;

interface Sent {
  body?: unknown;
  headers?: Record<string, string>;
}

/** Any method with the client's key; with a body only where there is one. */
function send(method: string, path: string, { body, headers = {} }: Sent = {}): Promise<Response> {
  if (body !== undefined) headers = { 'content-type': 'application/json', ...headers };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(at(path), {
    method,
    headers: { ...bearer(CLIENT_KEY), ...headers },
    ...(body !== undefined && { body: text }),
  });
}

function stored(overrides: Partial<WebhookView> = {}): WebhookView {
  const webhook = aWebhook(overrides);
  services.publisher.webhooks.set(webhook.id, webhook);
  return webhook;
}

function storedDelivery(overrides: Partial<DeliveryView> = {}): DeliveryView {
  const delivery = aDelivery(overrides);
  services.publisher.deliveries.set(delivery.id, delivery);
  return delivery;
}

/** What the service was asked, and nothing else. */
function expectAsked(pattern: string, data: object): void {
  expect(services.received.map((request) => [request.pattern, request.data])).toEqual([[pattern, data]]);
}

describe('POST /webhooks', () => {
  it('subscribes, shows the secret and lets nobody keep it', async () => {
    const settings = { ...SETTINGS, description: 'the shop', enabled: false, ordering: 'none', maxPerSecond: 5 };
    const answer = await post(at('/webhooks'), settings);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('etag')).toBe('"1"');
    const webhook = (await answer.json()) as { id: string; secret: string };
    expect(webhook.secret).toBe(SECRET);
    expect(answer.headers.get('location')).toBe(`/webhooks/${webhook.id}`);
    expectAsked('webhooks.create', { caller: SHOP, ...settings });
    expect(services.received[0]?.properties).toMatchObject({ deliveryMode: 2 });
  });

  it('says who asks, operators too', async () => {
    await post(at('/webhooks'), SETTINGS, bearer(OPERATOR_KEY));
    expect(services.received[0]?.data.caller).toEqual({ role: 'operator', clientId: 'ops' });
  });

  it('answers a repeat with the same key with the stored answer, byte for byte, and says so', async () => {
    const create = () => post(at('/webhooks'), SETTINGS, { 'idempotency-key': '"subscribe-1"' });
    const first = await create();
    const second = await create();
    expect(services.received[0]?.data).toEqual({ caller: SHOP, ...SETTINGS, idempotencyKey: 'subscribe-1' });
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.status).toBe(201);
    expect(second.headers.get('cache-control')).toBe('no-store');
    expect(await second.text()).toBe(await first.text());
  });

  it.each([
    ['WEBHOOK_LIMIT_REACHED', 409],
    ['URL_NOT_ALLOWED', 422],
    ['IDEMPOTENCY_KEY_REUSED', 422],
  ] as const)('passes a refusal on: %s', async (code, status) => {
    services.answers.set('webhooks.create', () => ({ ok: false, error: { code, detail: 'Because.' } }));
    const answer = await post(at('/webhooks'), SETTINGS);
    expect(answer.status).toBe(status);
    expect(await problemIn(answer)).toMatchObject({ code, detail: 'Because.' });
  });

  it.each<[string, string, string]>([
    ['no object', '[]', ''],
    ['nothing that is needed', '{}', '/url'],
    ['an unknown field', JSON.stringify({ ...SETTINGS, secret: SECRET }), '/secret'],
    ['somebody else', JSON.stringify({ ...SETTINGS, caller: SHOP }), '/caller'],
    ['a prototype', `{"__proto__":{"role":"operator"},"url":"https://shop.example","eventTypes":["*"]}`, '/__proto__'],
    ['a key twice', '{"url":"https://shop.example","url":"https://other.example","eventTypes":["*"]}', '/url'],
    ['credentials in the URL', JSON.stringify({ ...SETTINGS, url: 'https://me:word@shop.example' }), '/url'],
    [
      '30,000 types',
      JSON.stringify({ ...SETTINGS, eventTypes: Array.from({ length: 30_000 }, () => '') }),
      '/eventTypes',
    ],
  ])('refuses %s', async (_name, body, pointer) => {
    const answer = await post(at('/webhooks'), body);
    expect(answer.status).toBe(400);
    const problem = await problemIn(answer);
    expect(problem.code).toBe('VALIDATION_FAILED');
    expect(problem.errors?.map((fault) => fault.pointer)).toContain(pointer);
    expect(JSON.stringify(problem)).not.toMatch(/whsec_|word/);
    expect(services.received).toEqual([]);
  });

  it('refuses a key that is none and a body of more than 100 kB', async () => {
    expect((await post(at('/webhooks'), SETTINGS, { 'idempotency-key': 'a b' })).status).toBe(400);
    const large = await post(at('/webhooks'), { ...SETTINGS, description: 'x'.repeat(100_000) });
    expect((await problemIn(large)).code).toBe('BODY_TOO_LARGE');
    expect(services.received).toEqual([]);
  });

  it('shows nothing of what failed inside', async () => {
    services.answers.set('webhooks.create', () => ({ raw: { err: { message: `cannot seal ${SECRET}` } } }));
    const answer = await post(at('/webhooks'), SETTINGS);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/seal|whsec/);
  });
});

describe('GET /webhooks', () => {
  it('lists a page', async () => {
    const webhook = stored();
    const answer = await send('GET', '/webhooks?limit=7&cursor=abc');
    expect(answer.status).toBe(200);
    const page = (await answer.json()) as { data: WebhookView[]; nextCursor: string };
    expect(page.data).toContainEqual(webhook);
    expect(page.nextCursor).toBe('next');
    expectAsked('webhooks.list', { caller: SHOP, limit: 7, cursor: 'abc' });
  });

  it.each(['limit=0', 'limit=1&limit=2', 'clientId=other', '__proto__=1', 'cursor='])(
    '?%s is refused',
    async (query) => {
      const answer = await send('GET', `/webhooks?${query}`);
      expect(answer.status).toBe(400);
      expect((await problemIn(answer)).errors?.[0]?.query).toBe(query.split('=')[0]);
      expect(services.received).toEqual([]);
    },
  );
});

describe('GET /webhooks/{id}', () => {
  it('shows one with a validator, and 304 to whoever has it', async () => {
    const webhook = stored({ version: 4 });
    const answer = await send('GET', `/webhooks/${webhook.id.toUpperCase()}`);
    expect(answer.headers.get('etag')).toBe('"4"');
    expect(await answer.json()).toEqual(webhook);
    expectAsked('webhooks.get', { caller: SHOP, webhookId: webhook.id });
    const again = await send('GET', `/webhooks/${webhook.id}`, { headers: { 'if-none-match': 'W/"4"' } });
    expect(again.status).toBe(304);
  });
});

describe('PATCH /webhooks/{id}', () => {
  const SECOND = { url: 'https://shop.example/new', maxPerSecond: null };

  it('passes on what is there, and nothing else', async () => {
    const { id } = stored();
    const answer = await send('PATCH', `/webhooks/${id}`, { body: SECOND });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(await answer.json()).toMatchObject({ id, ...SECOND });
    expectAsked('webhooks.update', { caller: SHOP, webhookId: id, changes: SECOND });
  });

  it.each([
    ['"3"', { ifVersion: 3 }],
    ['W/"9", "2", "3"', { ifVersion: 3 }],
    ['*', {}],
  ])('passes If-Match: %s on', async (header, condition) => {
    const { id } = stored({ version: 3 });
    const answer = await send('PATCH', `/webhooks/${id}`, { body: SECOND, headers: { 'if-match': header } });
    expect(answer.status).toBe(200);
    expectAsked('webhooks.update', { caller: SHOP, webhookId: id, changes: SECOND, ...condition });
  });

  it('answers 412 to whoever has seen another version', async () => {
    const { id } = stored({ version: 3 });
    const answer = await send('PATCH', `/webhooks/${id}`, { body: SECOND, headers: { 'if-match': '"2"' } });
    expect(answer.status).toBe(412);
    expect((await problemIn(answer)).code).toBe('VERSION_MISMATCH');
  });

  it.each([
    ['W/"3"', 412, 'VERSION_MISMATCH'],
    ['"not-ours"', 412, 'VERSION_MISMATCH'],
    ['3', 400, 'VALIDATION_FAILED'],
    ['', 400, 'VALIDATION_FAILED'],
  ])('asks nobody about If-Match: %s', async (header, status, code) => {
    const { id } = stored({ version: 3 });
    const answer = await send('PATCH', `/webhooks/${id}`, { body: SECOND, headers: { 'if-match': header } });
    expect(answer.status).toBe(status);
    expect((await problemIn(answer)).code).toBe(code);
    expect(services.received).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['nothing to change', {}, ''],
    ['null', 'null', ''],
    ['null for what cannot be cleared', { description: null }, '/description'],
    ['an unknown field', { clientId: 'other' }, '/clientId'],
    ['a prototype', '{"__proto__":{"enabled":true}}', '/__proto__'],
    ['what POST refuses too', { eventTypes: ['order.lost'] }, '/eventTypes/0'],
  ])('refuses %s', async (_name, body, pointer) => {
    const answer = await send('PATCH', `/webhooks/${stored().id}`, { body });
    expect(answer.status).toBe(400);
    expect((await problemIn(answer)).errors?.map((fault) => fault.pointer)).toEqual([pointer]);
    expect(services.received).toEqual([]);
  });
});

describe('DELETE /webhooks/{id}', () => {
  it('answers 204, and 404 when it is gone', async () => {
    const { id } = stored();
    const answer = await send('DELETE', `/webhooks/${id}`);
    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe('');
    expectAsked('webhooks.delete', { caller: SHOP, webhookId: id });
    expect((await send('DELETE', `/webhooks/${id}`)).status).toBe(404);
  });
});

describe('POST /webhooks/{id}/rotate-secret', () => {
  it.each([
    ['none', undefined, {}],
    ['an empty one', {}, {}],
    ['an overlap', { overlapSeconds: 3_600 }, { overlapSeconds: 3_600 }],
  ])('shows the new secret, with this body: %s', async (_name, body, rotation) => {
    const { id } = stored();
    const answer = await send('POST', `/webhooks/${id}/rotate-secret`, { body });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(await answer.json()).toMatchObject({ id, secret: SECRET });
    expectAsked('webhooks.rotateSecret', { caller: SHOP, webhookId: id, ...rotation });
  });
});

describe('POST /webhooks/{id}/enable and /disable', () => {
  it.each(['enable', 'disable'])('%s answers with the webhook', async (action) => {
    const { id } = stored();
    const answer = await send('POST', `/webhooks/${id}/${action}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(await answer.json()).toMatchObject({ id, enabled: action === 'enable' });
    expectAsked(`webhooks.${action}`, { caller: SHOP, webhookId: id });
  });
});

describe('POST /webhooks/{id}/test', () => {
  it('answers with the attempt', async () => {
    const { id } = stored();
    const answer = await send('POST', `/webhooks/${id}/test`, { body: {} });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      delivery: { webhookId: id, eventType: 'webhook.test' },
      attempt: { number: 1, status: 200 },
    });
    expectAsked('webhooks.test', { caller: SHOP, webhookId: id });
  });

  it('waits for a slow subscriber longer than others wait for anything', async () => {
    const { id } = stored();
    services.answers.set('webhooks.test', () => 'no answer');
    services.answers.set('webhooks.enable', () => 'no answer');
    const impatient = await suite.another({ REQUEST_TIMEOUT_MS: '1000' });
    const ask = (action: string) =>
      fetch(`${impatient.url}/webhooks/${id}/${action}`, { method: 'POST', headers: bearer(CLIENT_KEY) });
    const tested = ask('test');
    await waitUntil('the test is with the service', () => services.received.length === 1);
    const unanswered = await ask('enable');
    expect((await problemIn(unanswered)).code).toBe('ANSWER_TIMEOUT');
    services.answerLate(0);
    expect((await tested).status).toBe(200);
  });
});

describe('POST /webhooks/{id}/replay', () => {
  it.each([
    [{}, 202],
    [{ eventTypes: ['order.*'], onlyMissing: true, dryRun: false }, 202],
    [{ dryRun: true }, 200],
  ])('with %j is answered %i', async (overrides, status) => {
    const { id } = stored();
    const body = { ...RANGE, ...overrides };
    const answer = await send('POST', `/webhooks/${id}/replay`, { body });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ deliveries: 3, dryRun: status === 200 });
    expectAsked('webhooks.replay', { caller: SHOP, webhookId: id, ...body });
  });

  it.each<[unknown, string]>([
    [{ ...RANGE, from: '2026-01-31T09:00:00+01:00' }, '/from'],
    [{ from: RANGE.to, to: RANGE.from }, '/to'],
    [{ ...RANGE, limit: 1 }, '/limit'],
    ['[]', ''],
  ])('refuses %j', async (body, pointer) => {
    const answer = await send('POST', `/webhooks/${stored().id}/replay`, { body });
    expect(answer.status).toBe(400);
    expect((await problemIn(answer)).errors?.map((fault) => fault.pointer)).toEqual([pointer]);
    expect(services.received).toEqual([]);
  });

  it('needs a body', async () => {
    const answer = await send('POST', `/webhooks/${stored().id}/replay`);
    expect((await problemIn(answer)).code).toBe('VALIDATION_FAILED');
    const empty = await send('POST', `/webhooks/${stored().id}/replay`, { body: '' });
    expect((await problemIn(empty)).code).toBe('MALFORMED_JSON');
  });
});

describe('deliveries', () => {
  it('are listed with every filter', async () => {
    const { id } = stored();
    const delivery = storedDelivery({ webhookId: id });
    const answer = await send(
      'GET',
      `/webhooks/${id}/deliveries?status=dead&eventType=order.confirmed&from=${RANGE.from}&to=${RANGE.to}&limit=5&cursor=c`,
    );
    expect(await answer.json()).toEqual({ data: [delivery], nextCursor: null });
    const filters = { status: 'dead', eventType: 'order.confirmed', ...RANGE, limit: 5, cursor: 'c' };
    expectAsked('deliveries.list', { caller: SHOP, webhookId: id, ...filters });
  });

  it.each([
    'status=sent',
    'eventType=order.*',
    'from=2026-01-31',
    'from=2026-01-31T09:00:00%2B01:00',
    `to=${RANGE.from}&from=${RANGE.to}`,
    'state=dead',
    '__proto__=1',
  ])('are not listed by ?%s', async (query) => {
    const answer = await send('GET', `/webhooks/${stored().id}/deliveries?${query}`);
    expect(answer.status).toBe(400);
    expect((await problemIn(answer)).errors?.map((fault) => fault.query)).toEqual([query.split('=')[0]]);
    expect(services.received).toEqual([]);
  });

  it('are shown', async () => {
    const { id } = storedDelivery();
    const answer = await send('GET', `/deliveries/${id}`);
    expect(await answer.json()).toMatchObject({ id, attempts: [] });
    expectAsked('deliveries.get', { caller: SHOP, deliveryId: id });
  });

  it('are tried again', async () => {
    const { id } = storedDelivery();
    const answer = await send('POST', `/deliveries/${id}/retry`);
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ id, status: 'pending' });
    expectAsked('deliveries.retry', { caller: SHOP, deliveryId: id });
  });

  it('are not tried again while they are on their way', async () => {
    const error = { code: 'DELIVERY_PENDING' as const, detail: 'It is on its way.' };
    services.answers.set('deliveries.retry', () => ({ ok: false, error }));
    const answer = await send('POST', `/deliveries/${newId()}/retry`);
    expect(answer.status).toBe(409);
    expect(await problemIn(answer)).toMatchObject(error);
  });
});

/** Every route of one resource, with the body that it needs. */
const OF_ONE: [string, string, unknown][] = [
  ['GET', '/webhooks/{id}', undefined],
  ['PATCH', '/webhooks/{id}', { enabled: true }],
  ['DELETE', '/webhooks/{id}', undefined],
  ['POST', '/webhooks/{id}/rotate-secret', undefined],
  ['POST', '/webhooks/{id}/test', undefined],
  ['POST', '/webhooks/{id}/enable', undefined],
  ['POST', '/webhooks/{id}/disable', undefined],
  ['POST', '/webhooks/{id}/replay', RANGE],
  ['GET', '/webhooks/{id}/deliveries', undefined],
  ['GET', '/deliveries/{id}', undefined],
  ['POST', '/deliveries/{id}/retry', undefined],
];

describe('what is not there', () => {
  it.each(OF_ONE)('is 404, and nobody is asked for what is no id: %s %s', async (method, path, body) => {
    const code = path.startsWith('/deliveries') ? 'DELIVERY_NOT_FOUND' : 'WEBHOOK_NOT_FOUND';
    const unknown = await send(method, path.replace('{id}', NOBODY), { body });
    expect(unknown.status).toBe(404);
    expect((await problemIn(unknown)).code).toBe(code);
    services.forget();
    for (const id of ['42', `${NOBODY}0`, '%00', '..%2Forders']) {
      const malformed = await send(method, path.replace('{id}', id), { body });
      expect((await problemIn(malformed)).code).toBe(code);
    }
    expect(services.received).toEqual([]);
  });
});

describe('an action without anything to say', () => {
  const actions = OF_ONE.filter(
    ([method, path]) => method === 'DELETE' || /\/(?:test|enable|disable|retry)$/.test(path),
  );
  const pathOf = (path: string) =>
    path.replace('{id}', path.startsWith('/deliveries') ? storedDelivery().id : stored().id);

  it.each(actions)('%s %s takes no body, an empty one and an empty object', async (method, path) => {
    for (const body of [undefined, '', {}]) {
      expect((await send(method, pathOf(path), { body })).ok).toBe(true);
    }
    expect(services.received).toHaveLength(3);
  });

  it.each(actions)('%s %s refuses whatever else it is told', async (method, path) => {
    const refusals: [string, string][] = [
      ['{"force":true}', 'VALIDATION_FAILED'],
      ['{"__proto__":{}}', 'VALIDATION_FAILED'],
      ['null', 'VALIDATION_FAILED'],
      ['[]', 'VALIDATION_FAILED'],
      ['{', 'MALFORMED_JSON'],
    ];
    for (const [body, code] of refusals) {
      expect((await problemIn(await send(method, pathOf(path), { body }))).code).toBe(code);
    }
    expect(services.received).toEqual([]);
  });
});

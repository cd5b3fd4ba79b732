import { accepted, newId, repeated, type WebhookView } from '@holdfast/contracts';
import { waitUntil } from '@holdfast/testing';
import { bearer, CLIENT_KEY, problemIn, type Suite, startSuite } from './gateway.harness.js';
import { type ServicesDouble } from './services.double.js';
import { aDelivery, aWebhook, SECRET } from './webhooks.double.js';

const SHOP = { role: 'client', clientId: 'shop' };
const RANGE = { from: '2026-01-31T09:00:00Z', to: '2026-01-31T10:00:00Z' };

let suite: Suite;
let services: ServicesDouble;

beforeAll(async () => {
  suite = await startSuite();
  services = suite.services;
});
beforeEach(() => services.forget());
afterAll(() => suite.stop());

function send(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Response> {
  return fetch(`${suite.gateway.url}${path}`, {
    method,
    headers: { ...bearer(CLIENT_KEY), ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
}

function stored(overrides: Partial<WebhookView> = {}): WebhookView {
  const webhook = aWebhook(overrides);
  services.publisher.webhooks.set(webhook.id, webhook);
  return webhook;
}

const asked = () => services.received.map(({ pattern, data }) => [pattern, data]);

describe('If-Match', () => {
  const changes: [string, string, string][] = [
    ['DELETE', '', 'webhooks.delete'],
    ['POST', '/enable', 'webhooks.enable'],
    ['POST', '/disable', 'webhooks.disable'],
    ['POST', '/rotate-secret', 'webhooks.rotateSecret'],
  ];

  it.each(changes)('%s /webhooks/{id}%s holds it against the current state', async (method, action, pattern) => {
    const { id } = stored({ version: 3 });
    const path = `/webhooks/${id}${action}`;
    const late = await send(method, path, { 'if-match': '"2"' });
    expect([late.status, (await problemIn(late)).code]).toEqual([412, 'VERSION_MISMATCH']);
    const answer = await send(method, path, { 'if-match': '"2", "3"' });
    expect(answer.ok).toBe(true);
    expect(asked()).toEqual([2, 3].map((ifVersion) => [pattern, { caller: SHOP, webhookId: id, ifVersion }]));
  });

  it.each(changes)('%s /webhooks/{id}%s asks nobody where nothing can match', async (method, action) => {
    const path = `/webhooks/${stored().id}${action}`;
    expect((await problemIn(await send(method, path, { 'if-match': 'W/"1"' }))).code).toBe('VERSION_MISMATCH');
    expect((await problemIn(await send(method, path, { 'if-match': '1' }))).code).toBe('VALIDATION_FAILED');
    expect(services.received).toEqual([]);
    expect((await send(method, path, { 'if-match': '*' })).ok).toBe(true);
  });
});

const delivery = aDelivery();
const test = { delivery, attempt: { number: 1, status: 200 } };

/** What is done with a webhook or a delivery under a key: path, message, body, the value of the answer and its status. */
const acts: [string, string, object | undefined, object, number][] = [
  [
    '/webhooks/{id}/rotate-secret',
    'webhooks.rotateSecret',
    { overlapSeconds: 60 },
    { ...aWebhook(), secret: SECRET },
    200,
  ],
  ['/webhooks/{id}/test', 'webhooks.test', undefined, test, 200],
  ['/webhooks/{id}/enable', 'webhooks.enable', undefined, aWebhook({ version: 7 }), 200],
  ['/webhooks/{id}/disable', 'webhooks.disable', undefined, aWebhook({ version: 8 }), 200],
  ['/webhooks/{id}/replay', 'webhooks.replay', RANGE, { deliveries: 3, dryRun: false }, 202],
  ['/deliveries/{id}/retry', 'deliveries.retry', undefined, delivery, 202],
];

describe.each(acts)('POST %s under an idempotency key', (path, pattern, body, value, status) => {
  const id = newId();
  const post = (headers: Record<string, string>) => send('POST', path.replace('{id}', id), headers, body);
  const ref = path.startsWith('/deliveries') ? { deliveryId: id } : { webhookId: id };

  it('passes the key on, and says of a stored answer that it is one', async () => {
    services.answers.set(pattern, () => accepted(value));
    const first = await post({ 'idempotency-key': '"k-1"' });
    services.answers.set(pattern, () => repeated(value));
    const again = await post({ 'idempotency-key': 'k-1' });
    expect([first.status, again.status]).toEqual([status, status]);
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(again.headers.get('cache-control')).toBe('no-store');
    expect(await again.text()).toBe(await first.text());
    const command = [pattern, { caller: SHOP, ...ref, ...body, idempotencyKey: 'k-1' }];
    expect(asked()).toEqual([command, command]);
  });

  it('asks nobody under what is no key', async () => {
    const answer = await post({ 'idempotency-key': 'a b' });
    expect(answer.status).toBe(400);
    expect((await problemIn(answer)).errors).toMatchObject([{ header: 'Idempotency-Key' }]);
    expect(services.received).toEqual([]);
  });

  it('is refused while the first is under way, here or at another gateway', async () => {
    services.answers.set(pattern, () => 'no answer');
    const first = post({ 'idempotency-key': 'k-2' });
    await waitUntil('the first has arrived', () => services.received.length === 1);
    const again = await post({ 'idempotency-key': 'k-2' });
    services.answers.set(pattern, () => ({
      ...{ ok: false, error: { code: 'IDEMPOTENCY_KEY_IN_USE', detail: 'It is under way.' } },
    }));
    const elsewhere = await post({ 'idempotency-key': 'k-3' });
    for (const refusal of [again, elsewhere]) {
      expect([refusal.status, refusal.headers.get('retry-after')]).toEqual([409, '1']);
      expect((await problemIn(refusal)).code).toBe('IDEMPOTENCY_KEY_IN_USE');
    }
    services.answerLate(0);
    await first;
  });
});

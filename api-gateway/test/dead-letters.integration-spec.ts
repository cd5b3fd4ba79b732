import { accepted, type DeadLetterService, refused, repeated } from '@holdfast/contracts';
import {
  DEAD_LETTER,
  DEAD_LETTER_ACT,
  DEAD_LETTER_DETAIL,
  DEAD_LETTER_PAGE,
} from '../src/docs/examples/dead-letters.js';
import { bearer, CLIENT_KEY, OPERATOR_KEY, problemIn, type Suite, startSuite } from './gateway.harness.js';

const OPS = { role: 'operator', clientId: 'ops' };
const LETTER = DEAD_LETTER.id;

let suite: Suite;

beforeAll(async () => {
  suite = await startSuite();
});
beforeEach(() => {
  suite.services.forget();
  for (const service of ['orders', 'products', 'webhooks'] as const) answerFor(service);
});
afterAll(() => suite.stop());

/** A service that has one dead letter, and does what it is asked to. */
function answerFor(service: DeadLetterService): void {
  const { answers } = suite.services;
  answers.set(`${service}.deadLetters.list`, () => accepted(DEAD_LETTER_PAGE));
  answers.set(`${service}.deadLetters.get`, () => accepted(DEAD_LETTER_DETAIL));
  answers.set(`${service}.deadLetters.redrive`, () => accepted(DEAD_LETTER_ACT));
  answers.set(`${service}.deadLetters.discard`, () => accepted(DEAD_LETTER_ACT));
  answers.set(`${service}.deadLetters.acts`, () => accepted({ data: [DEAD_LETTER_ACT], nextCursor: '7' }));
  answers.set(`${service}.deadLetters.act`, () => accepted({ act: DEAD_LETTER_ACT, data: [], nextCursor: null }));
}

/** With the operator's key; a body only where there is one. */
function send(
  method: string,
  path: string,
  body?: unknown,
  key = OPERATOR_KEY,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${suite.gateway.url}/dead-letters${path}`, {
    method,
    headers: { ...bearer(key), ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const asked = () => suite.services.received.map(({ pattern, data }) => [pattern, data]);

describe('dead letters', () => {
  it.each<[string, string, unknown]>([
    ['GET', '', undefined],
    ['GET', '/orders_queue', undefined],
    ['POST', '/orders_queue/redrive', undefined],
    ['POST', '/orders_queue/discard', { where: {}, reason: 'r' }],
    ['GET', '/orders_queue/acts', undefined],
    ['GET', '/orders_queue/acts/a-1', undefined],
    ['GET', `/orders_queue/${LETTER}`, undefined],
    ['POST', `/orders_queue/${LETTER}/redrive`, undefined],
    ['POST', `/orders_queue/${LETTER}/discard`, { reason: 'r' }],
  ])('are for operators: %s %s', async (method, path, body) => {
    expect((await problemIn(await send(method, path, body, CLIENT_KEY))).code).toBe('FORBIDDEN');
    expect(suite.services.received).toEqual([]);
    expect((await send(method, path, body)).ok).toBe(true);
  });

  it('are counted over all queues', async () => {
    const counts = await (await send('GET', '')).json();
    const count = { depth: 1, examined: 1, byReason: DEAD_LETTER_PAGE.byReason, unavailable: null };
    const queues = ['orders_queue', 'products_queue', 'webhooks_queue'];
    expect(counts).toEqual({ data: queues.map((queue) => ({ queue, ...count })) });
    expect(new Set(suite.services.received.map(({ properties }) => properties.messageId)).size).toBe(3);
  });

  it('are counted also where a service does not answer: it is the others that one wants to see then', async () => {
    suite.services.answers.set('products.deadLetters.list', () => 'no answer');
    suite.services.answers.set('webhooks.deadLetters.list', () => refused('OVERLOADED', 'later'));
    const { data } = (await (await send('GET', '')).json()) as { data: object[] };
    expect(data).toMatchObject([
      { queue: 'orders_queue', depth: 1, unavailable: null },
      { queue: 'products_queue', depth: null, unavailable: 'ANSWER_TIMEOUT' },
      { queue: 'webhooks_queue', depth: null, unavailable: 'OVERLOADED' },
    ]);
  });

  it('are listed by the service of their queue, by reason and pattern', async () => {
    const query = `?reason=malformed&pattern=order.created&limit=7&cursor=${LETTER}`;
    expect(await (await send('GET', `/webhooks_queue${query}`)).json()).toEqual(DEAD_LETTER_PAGE);
    const where = { reason: 'malformed', pattern: 'order.created' };
    expect(asked()).toEqual([['webhooks.deadLetters.list', { caller: OPS, where, limit: 7, cursor: LETTER }]]);
  });

  it('can be looked at one by one', async () => {
    const letter = await send('GET', `/products_queue/${LETTER.toUpperCase()}`);
    expect(await letter.json()).toEqual(DEAD_LETTER_DETAIL);
    expect(letter.headers.get('cache-control')).toBe('no-store');
    expect(asked()).toEqual([['products.deadLetters.get', { caller: OPS, letterId: LETTER }]]);
  });

  it('are sent back one by one, with a reason or without a body', async () => {
    const path = `/orders_queue/${LETTER}/redrive`;
    const answer = await send('POST', path, { reason: 'mended' });
    expect([answer.status, await answer.json()]).toEqual([200, DEAD_LETTER_ACT]);
    expect((await send('POST', path)).status).toBe(200);
    const command = { caller: OPS, letters: { id: LETTER } };
    expect(asked()).toEqual([
      ['orders.deadLetters.redrive', { ...command, reason: 'mended' }],
      ['orders.deadLetters.redrive', command],
    ]);
  });

  it('are discarded one by one', async () => {
    expect((await send('POST', `/orders_queue/${LETTER}/discard`, { reason: ' ours ' })).status).toBe(200);
    const command = { caller: OPS, letters: { id: LETTER }, reason: 'ours' };
    expect(asked()).toEqual([['orders.deadLetters.discard', command]]);
  });

  it('are sent back and discarded together, which takes its time', async () => {
    const letters = { where: { reason: 'malformed' }, atMost: 500, maxPerSecond: 5 };
    const begun = await send('POST', '/orders_queue/redrive', { ...letters, reason: 'mended' });
    expect(begun.status).toBe(202);
    expect(begun.headers.get('location')).toBe(`/dead-letters/orders_queue/acts/${DEAD_LETTER_ACT.id}`);
    expect((await send('POST', '/orders_queue/redrive')).status).toBe(202);
    expect((await send('POST', '/orders_queue/discard', { where: {}, reason: 'ours' })).status).toBe(202);
    expect(asked()).toEqual([
      ['orders.deadLetters.redrive', { caller: OPS, letters, reason: 'mended' }],
      ['orders.deadLetters.redrive', { caller: OPS, letters: { where: {} } }],
      ['orders.deadLetters.discard', { caller: OPS, letters: { where: {} }, reason: 'ours' }],
    ]);
  });

  it.each([
    [`/products_queue/${LETTER}/redrive`, 'redrive', { id: LETTER }, 200],
    [`/products_queue/${LETTER}/discard`, 'discard', { id: LETTER }, 200],
    ['/products_queue/redrive', 'redrive', { where: {} }, 202],
    ['/products_queue/discard', 'discard', { where: {} }, 202],
  ])('are acted on once under an idempotency key: POST %s', async (path, action, letters, status) => {
    const body = { reason: 'ours', ...('where' in letters && letters) };
    const post = (key: string) => send('POST', path, body, OPERATOR_KEY, { 'idempotency-key': key });
    const first = await post('k-1');
    suite.services.answers.set(`products.deadLetters.${action}`, () => repeated(DEAD_LETTER_ACT));
    const again = await post('k-1');
    expect([first, again].map((answer) => answer.headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect([first.status, again.status]).toEqual([status, status]);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(await again.text()).toBe(await first.text());
    const command = { caller: OPS, idempotencyKey: 'k-1', letters, reason: 'ours' };
    expect(asked()).toEqual([1, 2].map(() => [`products.deadLetters.${action}`, command]));
    expect((await problemIn(await post('a b'))).code).toBe('VALIDATION_FAILED');
  });

  it('have a history', async () => {
    const page = await send('GET', '/orders_queue/acts?limit=3&cursor=12');
    expect(await page.json()).toEqual({ data: [DEAD_LETTER_ACT], nextCursor: '7' });
    const act = await send('GET', `/orders_queue/acts/${DEAD_LETTER_ACT.id}`);
    expect(await act.json()).toMatchObject({ act: DEAD_LETTER_ACT });
    expect(asked()).toEqual([
      ['orders.deadLetters.acts', { caller: OPS, limit: 3, cursor: '12' }],
      ['orders.deadLetters.act', { caller: OPS, actId: DEAD_LETTER_ACT.id, limit: 50 }],
    ]);
  });

  it.each(['DEAD_LETTER_NOT_FOUND', 'DEAD_LETTERS_BUSY', 'BROKER_UNAVAILABLE', 'ANSWER_TIMEOUT'] as const)(
    'pass on that a service refuses: %s',
    async (code) => {
      suite.services.answers.set('orders.deadLetters.redrive', () => refused(code, 'so it is'));
      expect(await problemIn(await send('POST', '/orders_queue/redrive'))).toMatchObject({ code, detail: 'so it is' });
    },
  );
});

describe('requests about dead letters that are refused before a service is asked', () => {
  const one = `/orders_queue/${LETTER}`;

  it.each<[string, string, unknown, number, string]>([
    ['GET', '/orders_queries', undefined, 404, 'NOT_FOUND'],
    ['GET', '/orders_queue.dlq', undefined, 404, 'NOT_FOUND'],
    ['POST', '/__proto__/redrive', undefined, 404, 'NOT_FOUND'],
    ['GET', '/orders_queue/acts/%0d%0a', undefined, 404, 'NOT_FOUND'],
    ['GET', '/orders_queue/not-an-id', undefined, 404, 'DEAD_LETTER_NOT_FOUND'],
    ['POST', '/orders_queue/not-an-id/discard', { reason: 'r' }, 404, 'DEAD_LETTER_NOT_FOUND'],
    ['GET', '/orders_queue?reason=NOT%20ONE', undefined, 400, 'VALIDATION_FAILED'],
    ['GET', '/orders_queue?limit=0', undefined, 400, 'VALIDATION_FAILED'],
    ['GET', '/orders_queue?limit=101', undefined, 400, 'VALIDATION_FAILED'],
    ['GET', '/orders_queue?cursor=7', undefined, 400, 'VALIDATION_FAILED'],
    ['GET', '/orders_queue?queue=orders_queue', undefined, 400, 'VALIDATION_FAILED'],
    ['GET', '/orders_queue/acts?cursor=abc', undefined, 400, 'VALIDATION_FAILED'],
    ['POST', `${one}/redrive`, { reason: '' }, 400, 'VALIDATION_FAILED'],
    ['POST', `${one}/redrive`, { queue: 'products_queue' }, 400, 'VALIDATION_FAILED'],
    ['POST', `${one}/discard`, {}, 400, 'VALIDATION_FAILED'],
    ['POST', `${one}/discard`, { reason: '  ' }, 400, 'VALIDATION_FAILED'],
    ['POST', `${one}/discard`, { reason: 'a\nb' }, 400, 'VALIDATION_FAILED'],
    ['POST', `${one}/discard`, { reason: 'r'.repeat(501) }, 400, 'VALIDATION_FAILED'],
    ['POST', `${one}/discard`, undefined, 400, 'VALIDATION_FAILED'],
    ['POST', '/orders_queue/redrive', { where: { reason: 1 } }, 400, 'VALIDATION_FAILED'],
    ['POST', '/orders_queue/redrive', { where: { reaso: 'malformed' } }, 400, 'VALIDATION_FAILED'],
    ['POST', '/orders_queue/redrive', { atMost: 0 }, 400, 'VALIDATION_FAILED'],
    ['POST', '/orders_queue/redrive', { maxPerSecond: 1_001 }, 400, 'VALIDATION_FAILED'],
    ['POST', '/orders_queue/redrive', { maxPerSecond: 0.5 }, 400, 'VALIDATION_FAILED'],
    ['POST', '/orders_queue/discard', { reason: 'all of them?' }, 400, 'VALIDATION_FAILED'],
    ['POST', '/orders_queue/discard', { where: {} }, 400, 'VALIDATION_FAILED'],
  ])('%s %s with %j: %i %s', async (method, path, body, status, code) => {
    const answer = await send(method, path, body);
    expect([answer.status, (await problemIn(answer)).code]).toEqual([status, code]);
    expect(suite.services.received).toEqual([]);
  });
});

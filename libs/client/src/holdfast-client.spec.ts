import { ONE_EVENT, ScriptedGateway } from '../test/scripted-gateway.js';
import { HoldfastProblem, HoldfastUnreachable } from './holdfast.errors.js';
import { createHoldfastClient, type HoldfastClientOptions } from './holdfast-client.js';

const ORDER = { id: 'order-1', status: 'PENDING' };
const CREATED = { status: 201, body: ORDER };
const BUSY = { status: 503, headers: { 'retry-after': '0' } };
const REQUEST = { productId: 'MUG', quantity: 1 };
const PROBLEM = {
  type: '/errors/VALIDATION_FAILED',
  title: 'The request is not valid',
  status: 400,
  detail: 'quantity is too small',
  code: 'VALIDATION_FAILED',
  requestId: '019a0000-0000-7000-8000-000000000000',
  errors: [{ pointer: '/quantity', detail: 'too small' }],
};

const gateway = new ScriptedGateway();
let baseUrl: string;

beforeAll(async () => {
  baseUrl = await gateway.listen();
});
afterAll(() => gateway.close());

const client = (options: Partial<HoldfastClientOptions> = {}) =>
  createHoldfastClient({ baseUrl, apiKey: 'secret', ...options });
const keysReceived = () => gateway.received.map(({ key }) => key);
const outcomeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'fulfilled',
    (error: unknown) => error,
  );

describe('a call', () => {
  it('has the API key, the body and the answer', async () => {
    gateway.answersWith(CREATED);
    const { data, response } = await client().post('/orders', { body: REQUEST });
    expect(data.status).toBe('PENDING');
    expect(response.status).toBe(201);
    expect(gateway.received).toEqual([
      expect.objectContaining({ method: 'POST', path: '/orders', authorization: 'Bearer secret' }),
    ]);
    expect(JSON.parse(gateway.received[0]?.body ?? '')).toEqual(REQUEST);
  });

  it('has what belongs into the path and the query', async () => {
    gateway.answersWith({ status: 200, body: { data: [], nextCursor: null } });
    const params = { path: { id: 'A/B' }, query: { limit: 5 } };
    await client().get('/products/{id}/movements', { params });
    expect(gateway.received.map(({ path }) => path)).toEqual(['/products/A%2FB/movements?limit=5']);
  });

  it('has no body where the answer has none', async () => {
    gateway.answersWith({ status: 204 });
    const { data } = await client().delete('/webhooks/{id}', { params: { path: { id: 'webhook-1' } } });
    expect(data).toBeUndefined();
  });

  it('says that nothing has changed', async () => {
    gateway.answersWith({ status: 304 });
    const params = { path: { id: 'order-1' }, header: { 'If-None-Match': '"1"' } };
    const { data, response } = await client().get('/orders/{id}', { params });
    expect(data).toBeUndefined();
    expect(response.status).toBe(304);
  });

  it('gets a stream while it goes on', async () => {
    gateway.answersWith('streaming');
    const { data } = await client().get('/orders/{id}/events', { params: { path: { id: '1' } }, parseAs: 'stream' });
    const reader = data?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(ONE_EVENT);
    await reader?.cancel();
  });

  it('sends CSV as it is', async () => {
    gateway.answersWith({ status: 200, body: {} });
    await client().post('/products/import', { body: 'sku,name\n', headers: { 'content-type': 'text/csv' } });
    expect(gateway.received).toEqual([expect.objectContaining({ body: 'sku,name\n', contentType: 'text/csv' })]);
  });
});

describe('the idempotency key', () => {
  it('is one of its own for everything that is created', async () => {
    gateway.answersWith(CREATED);
    await client().post('/orders', { body: REQUEST });
    await client().post('/orders', { body: REQUEST });
    expect(new Set(keysReceived()).size).toBe(2);
    expect(keysReceived()).not.toContain(undefined);
  });

  it("is the caller's where there is one", async () => {
    gateway.answersWith(CREATED);
    await client().post('/orders', { body: REQUEST, params: { header: { 'Idempotency-Key': 'mine' } } });
    expect(keysReceived()).toEqual(['mine']);
  });

  it('is none where the API has no use for it', async () => {
    gateway.answersWith({ status: 200, body: ORDER });
    await client().post('/orders/{id}/cancel', { params: { path: { id: 'order-1' } } });
    expect(keysReceived()).toEqual([undefined]);
  });
});

describe('a request that may be repeated', () => {
  it.each([
    ['a connection that was lost', 'lost' as const],
    ['an answer that was cut off', 'cut' as const],
    ['a broker that cannot be reached', BUSY],
    ['a gateway behind a proxy that is not there', { status: 502 }],
    ['an answer that did not come in time', { status: 504 }],
    ['too many requests', { status: 429, headers: { 'retry-after': '0' } }],
    ['a key that is in use by the attempt before', { status: 409, headers: { 'retry-after': '0' } }],
  ])('is sent again after %s, with the same key and body', async (_name, failure) => {
    gateway.answersWith(failure, failure, CREATED);
    const { data } = await client().post('/orders', { body: REQUEST });
    expect(data).toEqual(ORDER);
    expect(gateway.received).toHaveLength(3);
    expect(new Set(keysReceived()).size).toBe(1);
    expect(new Set(gateway.received.map(({ body }) => body)).size).toBe(1);
  });

  it('is sent again when an attempt takes too long', async () => {
    gateway.answersWith('silent', { status: 200, body: ORDER });
    const { data } = await client({ attemptTimeoutMs: 200 }).get('/orders/{id}', { params: { path: { id: '1' } } });
    expect(data).toEqual(ORDER);
  });

  it('is given up after the retries', async () => {
    gateway.answersWith(BUSY);
    const outcome = await outcomeOf(client({ retries: 2 }).post('/orders', { body: REQUEST }));
    expect(outcome).toMatchObject({ name: 'HoldfastProblem', status: 503 });
    expect(gateway.received).toHaveLength(3);
  });

  it('is given up at once when it is told to come back much later', async () => {
    gateway.answersWith({ status: 429, headers: { 'retry-after': '3600' } });
    const outcome = await outcomeOf(client().post('/orders', { body: REQUEST }));
    expect(outcome).toMatchObject({ status: 429 });
    expect(gateway.received).toHaveLength(1);
  });

  it('says so when there was never an answer', async () => {
    gateway.answersWith('lost');
    const outcome = await outcomeOf(client({ retries: 1 }).post('/orders', { body: REQUEST }));
    expect(outcome).toBeInstanceOf(HoldfastUnreachable);
    expect(outcome).toMatchObject({ attempts: 2 });
  });

  it('is not sent again when it is refused', async () => {
    gateway.answersWith({ status: 400, body: PROBLEM }, CREATED);
    expect(await outcomeOf(client().post('/orders', { body: REQUEST }))).toBeInstanceOf(HoldfastProblem);
    expect(gateway.received).toHaveLength(1);
  });
});

describe('a request that has no key and changes something', () => {
  const cancel = () => client().post('/orders/{id}/cancel', { params: { path: { id: 'order-1' } } });

  it.each([
    ['a lost connection', 'lost' as const],
    ['a broker that cannot be reached', BUSY],
  ])('is not sent again after %s', async (_name, failure) => {
    gateway.answersWith(failure, { status: 200, body: ORDER });
    expect(await outcomeOf(cancel())).toBeInstanceOf(Error);
    expect(gateway.received).toHaveLength(1);
  });
});

describe('a problem', () => {
  it('has everything that the API says of it', async () => {
    gateway.answersWith({ status: 400, body: PROBLEM });
    const problem = await outcomeOf(client().post('/orders', { body: REQUEST }));
    const { code, detail, errors, requestId } = PROBLEM;
    expect(problem).toBeInstanceOf(HoldfastProblem);
    expect(problem).toMatchObject({ status: 400, code, detail, errors, requestId });
    expect((problem as Error).message).toBe('POST /orders: 400 VALIDATION_FAILED quantity is too small');
  });

  it('has no code where somebody else has answered', async () => {
    gateway.answersWith({ status: 403, headers: { 'content-type': 'text/html' }, body: '<h1>no</h1>' });
    const problem = await outcomeOf(client().get('/products'));
    expect(problem).toMatchObject({ status: 403, code: undefined, detail: '<h1>no</h1>', errors: [] });
  });
});

describe('a signal', () => {
  const reason = new Error('the customer has left');

  it('ends a request that is under way', async () => {
    gateway.answersWith('silent');
    const leaving = new AbortController();
    const call = outcomeOf(client().post('/orders', { body: REQUEST, signal: leaving.signal }));
    while (gateway.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    leaving.abort(reason);
    expect(await call).toBe(reason);
  });

  it('ends the pause before a retry', async () => {
    gateway.answersWith({ status: 503, headers: { 'retry-after': '30' } });
    const leaving = new AbortController();
    let answered = 0;
    const counting = async (request: Request) => {
      const answer = await fetch(request);
      answered += 1;
      return answer;
    };
    const call = outcomeOf(client({ fetch: counting }).post('/orders', { body: REQUEST, signal: leaving.signal }));
    while (answered === 0) await new Promise((resolve) => setImmediate(resolve));
    leaving.abort(reason);
    expect(await call).toBe(reason);
    expect(gateway.received).toHaveLength(1);
  });
});

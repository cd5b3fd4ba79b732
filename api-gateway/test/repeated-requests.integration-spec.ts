import { type OrderView } from '@holdfast/contracts';
import { waitUntil } from '@holdfast/testing';
import { bearer, OTHER_CLIENT_KEY, post, problemIn, type Suite, startSuite } from './gateway.harness.js';
import { type ServicesDouble } from './services.double.js';

let suite: Suite;
let services: ServicesDouble;

beforeAll(async () => {
  suite = await startSuite();
  services = suite.services;
});
beforeEach(() => services.forget());
afterAll(() => suite?.stop());

const order = { productId: 'lamp', quantity: 2 };

const place = (key: string, headers: Record<string, string> = {}, body: object = order) =>
  post(`${suite.gateway.url}/orders`, body, { 'idempotency-key': key, ...headers });

/** Sends a request whose answer the service keeps to itself, and resolves when the service has it. */
async function placeUnanswered(key: string): Promise<{ answer: Promise<Response>; place: number }> {
  services.answers.set('orders.create', () => 'no answer');
  const before = services.received.length;
  const answer = place(key);
  await waitUntil('the first request has arrived', () => services.received.length > before);
  services.answers.clear();
  return { answer, place: before };
}

describe('a request whose first is still running', () => {
  it('is refused until there is an answer to repeat, and then gets it byte for byte', async () => {
    const first = await placeUnanswered('running');
    for (const again of [
      await place('running'),
      await place('"running"'),
      await place('running', {}, { items: [order] }),
    ]) {
      expect([again.status, again.headers.get('retry-after')]).toEqual([409, '1']);
      expect(await problemIn(again)).toMatchObject({
        type: '/errors/idempotency-key-in-use',
        code: 'IDEMPOTENCY_KEY_IN_USE',
      });
    }
    expect(services.receivedBy('orders.create')).toHaveLength(1);
    services.answerLate(first.place);
    const answer = await first.answer;
    const replayed = await place('running');
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect([replayed.status, replayed.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect([answer, replayed].map(({ headers }) => headers.get('etag'))).toEqual(['"1"', '"1"']);
    expect(await replayed.text()).toBe(await answer.text());
  });

  it('is another request with the key of another client, with another key, and without one', async () => {
    const first = await placeUnanswered('mine');
    const others = [
      place('mine', bearer(OTHER_CLIENT_KEY)),
      place('mine-2'),
      post(`${suite.gateway.url}/orders`, order),
    ];
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([201, 201, 201]);
    services.answerLate(first.place);
    expect((await first.answer).status).toBe(201);
  });

  it('may be repeated once the first was given up: the service knows what became of it', async () => {
    const impatient = await suite.another({ REQUEST_TIMEOUT_MS: '2000' });
    const again = () => post(`${impatient.url}/orders`, order, { 'idempotency-key': 'given-up' });
    services.answers.set('orders.create', () => 'no answer');
    expect((await again()).status).toBe(504);
    services.answers.clear();
    expect((await again()).status).toBe(201);
  });

  it('has its answer as soon as the order is stored, though the first still waits for what becomes of it', async () => {
    const patient = place('patient', { prefer: 'wait=20' });
    await waitUntil(
      'the order is placed',
      () => services.orders.size > 0 && services.receivedBy('orders.create').length === 1,
    );
    const impatient = await waitUntil('the order is stored', async () => {
      const answer = await place('patient');
      return answer.status === 201 && answer;
    });
    const stored = (await impatient.json()) as OrderView;
    expect([stored.status, impatient.headers.get('idempotency-replayed')]).toEqual(['PENDING', 'true']);

    services.finish(stored.id);
    const final = (await (await patient).json()) as OrderView;
    expect(final).toMatchObject({ id: stored.id, status: 'CONFIRMED' });
    expect(await (await place('patient')).json()).toEqual(stored);
    const again = await place('patient', { prefer: 'wait=20' });
    expect([again.headers.get('idempotency-replayed'), again.headers.get('preference-applied')]).toEqual([
      'true',
      'wait=20',
    ]);
    expect(again.headers.get('etag')).toBe('"2"');
    expect(await again.text()).toBe(JSON.stringify(final));
  });

  it('is answered with the stored answer after a change, and with the order as it is where it prefers to wait', async () => {
    const [first, waiting] = [await place('changed'), place('changed', { prefer: 'wait=20' })];
    const stored = await first.text();
    const { id } = JSON.parse(stored) as OrderView;
    await waitUntil('the repeat waits', () => services.receivedBy('orders.get').length === 1);
    services.finish(id);
    const decided = await (await waiting).text();
    expect(JSON.parse(decided)).toMatchObject({ id, status: 'CONFIRMED', version: 2 });
    expect((await post(`${suite.gateway.url}/orders/${id}/cancel`, '')).status).toBe(200);

    const [repeat, patient] = [await place('changed'), await place('changed', { prefer: 'wait=20' })];
    expect([await repeat.text(), repeat.headers.get('etag')]).toEqual([stored, '"1"']);
    expect(await patient.json()).toEqual({ ...JSON.parse(decided), status: 'CANCELLED', version: 3 });
    expect(patient.headers.get('etag')).toBe('"3"');
  });

  it('is refused wherever something is created under a key', async () => {
    services.answers.set('webhooks.create', () => 'no answer');
    const create = () =>
      post(
        `${suite.gateway.url}/webhooks`,
        { url: 'https://shop.example', eventTypes: ['*'] },
        { 'idempotency-key': 'w' },
      );
    const first = create();
    await waitUntil('the first request has arrived', () => services.received.length === 1);
    const again = await create();
    expect([again.status, (await problemIn(again)).code]).toEqual([409, 'IDEMPOTENCY_KEY_IN_USE']);
    services.answerLate(0);
    expect((await first).status).toBe(201);
  });
});

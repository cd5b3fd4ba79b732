import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeliveryDetail, type DeliveryPage, type WebhookView, type WebhookWithSecret } from '@holdfast/contracts';
import { type ReceivedCallback, WebhookReceiver, waitUntil } from '@holdfast/testing';
import { type ApiClient } from '../src/api-client.js';
import { CATALOGUE, stock } from '../src/catalogue.js';
import { type Stand, startStand } from '../src/stand.js';

const ENCRYPTION_KEY = randomBytes(32).toString('base64');

let stand: Stand;
let receiver: WebhookReceiver;
const secrets: string[] = [];

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  stand = await startStand({
    WEBHOOK_ENCRYPTION_KEY: ENCRYPTION_KEY,
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    WEBHOOK_RETRY_SCHEDULE: Array<string>(60).fill('0.5').join(','),
    WEBHOOK_DEADLINE_MS: '5000',
  });
  await stand.system.startOne('webhook-publisher');
  await stock(stand.system, ...CATALOGUE);
});

afterAll(async () => {
  await stand?.close();
  await receiver?.close();
});

afterEach(() => {
  receiver.react = () => ({ status: 204 });
  expect(receiver.forged).toEqual([]);
});

async function subscribe(client: ApiClient, path: string, eventTypes = ['*']): Promise<WebhookWithSecret> {
  const { status, body } = await client.request<WebhookWithSecret>(
    'POST',
    '/webhooks',
    {},
    {
      ...{ url: `${receiver.origin}${path}`, eventTypes },
    },
  );
  expect(status).toBe(201);
  receiver.expects(path, body.secret);
  secrets.push(body.secret);
  return body;
}

const placed = async (quantity = 1): Promise<string> => {
  const { status, body } = await stand.system.shop().placeOrder({ productId: CATALOGUE[0]?.sku ?? '', quantity });
  expect(status).toBe(201);
  return body.id;
};

const ofOrder = (path: string, orderId: string): ReceivedCallback[] =>
  firstOfEach(receiver.acceptedOn(path).filter(({ subject }) => subject === `order/${orderId}`));

const firstOfEach = (callbacks: ReceivedCallback[]): ReceivedCallback[] =>
  [...new Map(callbacks.toReversed().map((callback) => [callback.id, callback])).values()].toReversed();

/** Resolves when an order's last event has been accepted; to its events in the order of arrival. */
const untilTold = (path: string, orderId: string, last: string): Promise<ReceivedCallback[]> =>
  waitUntil(
    `${path} has got ${last} of ${orderId}`,
    () => ofOrder(path, orderId).some(({ type }) => type === last) && ofOrder(path, orderId),
    { timeoutMs: 120_000 },
  );

const inSequence = (events: ReceivedCallback[]): boolean =>
  events.every(
    ({ sequence, previousEventId }, index) =>
      sequence === index + 1 && previousEventId === (index === 0 ? null : events[index - 1]?.id),
  );

describe('a subscriber over HTTP', () => {
  it('is told of everything that happens to its orders, in order', async () => {
    await subscribe(stand.system.shop(), '/all');
    const confirmed = await placed();
    const refused = await placed(1_000_000);
    const events = await untilTold('/all', confirmed, 'order.confirmed');
    expect(events.map(({ type }) => type)).toEqual(['order.created', 'product.stockReserved', 'order.confirmed']);
    expect(inSequence(events)).toBe(true);
    expect((await untilTold('/all', refused, 'order.rejected')).at(-1)?.data).toMatchObject({ reason: 'OUT_OF_STOCK' });
    await stand.system.shop().cancelOrder(confirmed);
    const all = await untilTold('/all', confirmed, 'product.stockReleased');
    expect(all.slice(3).map(({ type }) => type)).toEqual(['order.cancelled', 'product.stockReleased']);
    expect(inSequence(all)).toBe(true);
  });

  it("gets nothing of another client's orders, and sees none of its webhooks and deliveries", async () => {
    const mine = await subscribe(stand.system.shop(), '/mine');
    await subscribe(stand.system.rival(), '/rival');
    await subscribe(stand.system.operator(), '/operator', ['order.created']);
    const orderId = await placed();
    await untilTold('/operator', orderId, 'order.created');
    await untilTold('/mine', orderId, 'order.confirmed');
    expect(receiver.received.filter(({ path }) => path === '/rival')).toEqual([]);
    const deliveries = await waitUntil('the delivery is listed', async () => {
      const { body } = await stand.system.shop().request<DeliveryPage>('GET', `/webhooks/${mine.id}/deliveries`);
      return body.data.length > 0 && body.data;
    });
    const foreign = [
      ['GET', `/webhooks/${mine.id}`],
      ['PATCH', `/webhooks/${mine.id}`],
      ['DELETE', `/webhooks/${mine.id}`],
      ['POST', `/webhooks/${mine.id}/rotate-secret`],
      ['POST', `/webhooks/${mine.id}/test`],
      ['POST', `/webhooks/${mine.id}/disable`],
      ['GET', `/webhooks/${mine.id}/deliveries`],
      ['GET', `/deliveries/${deliveries[0]?.id}`],
      ['POST', `/deliveries/${deliveries[0]?.id}/retry`],
    ] as const;
    for (const [method, path] of foreign) {
      const body = method === 'PATCH' ? { description: 'taken over' } : undefined;
      expect([path, (await stand.system.rival().request(method, path, {}, body)).status]).toEqual([path, 404]);
    }
    expect((await stand.system.shop().request<WebhookView>('GET', `/webhooks/${mine.id}`)).body.description).toBe('');
  });
});

describe('a publisher that is killed', () => {
  it('in the middle of a retry schedule loses no retry', async () => {
    const { id } = await subscribe(stand.system.shop(), '/retried', ['order.created']);
    let down = true;
    receiver.react = ({ path }) => ({ status: path === '/retried' && down ? 500 : 204 });
    const orderId = await placed();
    const tried = () => receiver.received.filter(({ path }) => path === '/retried');
    await waitUntil('it has been tried twice', () => tried().length >= 2);
    await stand.system.kill9('webhook-publisher');
    down = false;
    await stand.system.startOne('webhook-publisher');
    const [event] = await untilTold('/retried', orderId, 'order.created');
    expect(new Set(tried().map((callback) => callback.id))).toEqual(new Set([event?.id]));
    const delivery = await waitUntil('it is recorded as delivered', async () => {
      const { body } = await stand.system.shop().request<DeliveryPage>('GET', `/webhooks/${id}/deliveries`);
      return body.data[0]?.status === 'delivered' && body.data[0];
    });
    const { body } = await stand.system.shop().request<DeliveryDetail>('GET', `/deliveries/${delivery.id}`);
    expect(body.attempts.map(({ number }) => number)).toEqual(body.attempts.map((_, index) => index + 1));
    // Not twice, whatever the one that was killed had on its way.
    expect(body.attempts.filter(({ status }) => status === 204)).toEqual([body.attempts.at(-1)]);
  });

  it('again and again under load loses no event and keeps every order in sequence', async () => {
    await subscribe(stand.system.shop(), '/crashes');
    const orders: string[] = [];
    for (let crash = 0; crash < 3; crash += 1) {
      for (let order = 0; order < 30; order += 1) orders.push(await placed());
      await stand.system.kill9('webhook-publisher');
      for (let order = 0; order < 10; order += 1) orders.push(await placed());
      await stand.system.startOne('webhook-publisher');
    }
    for (const orderId of orders) {
      const events = await untilTold('/crashes', orderId, 'order.confirmed');
      expect(events.map(({ type }) => type)).toEqual(['order.created', 'product.stockReserved', 'order.confirmed']);
      expect(inSequence(events)).toBe(true);
    }
  });
});

describe('secrets', () => {
  it('stand in no log and in no file', async () => {
    const files = readdirSync(stand.system.dataDir).filter((file) => file.startsWith('webhooks.db'));
    expect(files).toContain('webhooks.db');
    const stored = files.map((file) => readFileSync(join(stand.system.dataDir, file), 'latin1')).join('');
    const said = stand.system.outputs();
    for (const secret of [...secrets, ENCRYPTION_KEY]) {
      const bare = secret.replace('whsec_', '');
      expect(stored.includes(bare)).toBe(false);
      expect(said.includes(bare)).toBe(false);
    }
  });
});

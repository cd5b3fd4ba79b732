import { randomBytes } from 'node:crypto';
import { type OrderTimeline, orderTimelineSchema, type WebhookWithSecret } from '@holdfast/contracts';
import { freePort } from '@holdfast/local-servers';
import {
  EventStreamClient,
  SeededRandom,
  type ServiceProcess,
  startService,
  WebhookReceiver,
  waitUntil,
} from '@holdfast/testing';
import { type ApiClient, KEYS } from '../src/api-client.js';
import { Books } from '../src/books.js';
import { CATALOGUE, LAMP, MUG, RARE, stock } from '../src/catalogue.js';
import { explained } from '../src/explained.js';
import { settled } from '../src/settled.js';
import { type Stand, startStand } from '../src/stand.js';

const random = new SeededRandom();

let stand: Stand;
let publisher: ServiceProcess;
let receiver: WebhookReceiver;

/** Events with the correlation of an order that are not told to its client. */
const FOR_OPERATORS = ['product.stockLow'];

const publisherEnvironment = async (): Promise<Record<string, string>> => ({
  AMQP_URL: stand.amqpUrl,
  REDIS_URL: stand.redis.url,
  DATA_DIR: stand.system.dataDir,
  WEBHOOKS_PORT: String(await freePort()),
  WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  WEBHOOK_ALLOW_HTTP: 'true',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
});

beforeAll(async () => {
  stand = await startStand();
  publisher = await startService('webhook-publisher', await publisherEnvironment());
  receiver = await WebhookReceiver.start();
  await stock(stand.system, ...CATALOGUE);
});
afterAll(async () => {
  await publisher?.stop();
  await receiver?.close();
  await stand?.close();
});

/** Every stream that the running test has opened. */
const opened: EventStreamClient[] = [];

async function follow(
  orderId: string,
  { seen, query = '' }: { seen?: string; query?: string } = {},
): Promise<EventStreamClient> {
  const stream = await EventStreamClient.open(`${stand.system.gatewayUrl}/orders/${orderId}/events${query}`, {
    authorization: `Bearer ${KEYS.shop}`,
    ...(seen !== undefined && { 'last-event-id': seen }),
  });
  opened.push(stream);
  return stream;
}

// What a stream consists of OpenAPI 3.1 cannot say of the answer; each piece is described all the same.
afterEach(() => {
  for (const { events } of opened.splice(0)) {
    for (const { data } of events) stand.system.conformance.checkValue('OrderChange', data);
  }
});

const ended = (stream: EventStreamClient) => waitUntil('the stream ends', () => stream.ended, { timeoutMs: 90_000 });
const hasSeen = (stream: EventStreamClient, name: string) =>
  waitUntil(`${name} comes`, () => stream.names.includes(name), { timeoutMs: 90_000 });

async function placed(sku: string, quantity = 1): Promise<string> {
  const { status, body } = await stand.system.shop().placeOrder({ productId: sku, quantity });
  expect(status).toBe(201);
  return body.id;
}

describe('a stream', () => {
  it('tells what becomes of an order, and ends', () =>
    explained(stand.system, random, async () => {
      const stream = await follow(await placed(MUG.sku));
      expect(await ended(stream)).toBe('well');
      expect(stream.events.map(({ id, event }) => `${id} ${event}`)).toEqual(['1 order.created', '2 order.confirmed']);
      expect(stream.events[1]?.data).toMatchObject({ data: { total: { amount: 1_250, currency: 'EUR' } } });

      const refused = await follow(await placed(RARE.sku, RARE.stock + 1));
      await ended(refused);
      expect(refused.events[1]).toMatchObject({ event: 'order.rejected', data: { data: { reason: 'OUT_OF_STOCK' } } });
    }));

  it('goes on where it was, and tells of a cancellation too', () =>
    explained(stand.system, random, async () => {
      const orderId = await placed(LAMP.sku);
      const first = await follow(orderId);
      await ended(first);
      expect((await follow(orderId, { seen: '2' })).status).toBe(204);
      const second = await follow(orderId, { seen: '2', query: '?until=closed' });
      await stand.system.shop().cancelOrder(orderId);
      await ended(second);
      expect(second.events.map(({ id, event }) => `${id} ${event}`)).toEqual(['3 order.cancelled']);
    }));

  it('is taken up again after the gateway was killed', () =>
    explained(stand.system, random, async () => {
      await stand.system.stop('products-service');
      const orderId = await placed(MUG.sku);
      const stream = await follow(orderId);
      await hasSeen(stream, 'order.created');
      await stand.system.kill9('api-gateway');
      expect(await ended(stream)).toBe('cut');
      await stand.system.startOne('api-gateway');
      const again = await follow(orderId, { seen: stream.events.at(-1)?.id ?? '' });
      expect(again.status).toBe(200);
      await stand.system.startOne('products-service');
      expect(await ended(again)).toBe('well');
      expect(again.events.map(({ id, event }) => `${id} ${event}`)).toEqual(['2 order.confirmed']);
    }));

  it('ends well when the gateway stops', () =>
    explained(stand.system, random, async () => {
      const orderId = await placed(MUG.sku);
      const stream = await follow(orderId, { query: '?until=closed' });
      await hasSeen(stream, 'order.confirmed');
      expect(await stand.system.stop('api-gateway')).toBe(0);
      expect(await ended(stream)).toBe('well');
      await stand.system.startOne('api-gateway');
    }));
});

describe('200 streams', () => {
  it('each tell of their own order, whatever happens on the way', () =>
    explained(stand.system, random, async () => {
      await stand.system.stop('products-service');
      const orderIds = await Promise.all(
        Array.from({ length: 200 }, (_, index) => placed(index % 2 === 0 ? MUG.sku : LAMP.sku)),
      );
      const streams = await Promise.all(orderIds.map((orderId) => follow(orderId)));
      expect(await stand.system.metric('api-gateway', 'holdfast_event_streams')).toBe(200);
      await stand.system.launchOne('products-service');
      await stand.system.kill9('orders-service');
      await stand.system.launchOne('orders-service');
      for (const [index, stream] of streams.entries()) {
        expect(await ended(stream)).toBe('well');
        expect(stream.names).toEqual(['order.created', 'order.confirmed']);
        const told = stream.events.map(({ data }) => (data.data as { orderId: string }).orderId);
        expect(told).toEqual([orderIds[index], orderIds[index]]);
      }
      // A client sees the end of its stream before the gateway counts it off.
      await waitUntil('no stream is open', async () => {
        return (await stand.system.metric('api-gateway', 'holdfast_event_streams')) === 0;
      });
      await stand.system.ready();
      await settled(stand);
    }));
});

describe('a timeline', () => {
  const subscribe = async (
    path: string,
    client: ApiClient,
    eventTypes = ['order.*', 'product.stockReserved'],
  ): Promise<WebhookWithSecret> => {
    const request = { url: `${receiver.origin}${path}`, eventTypes };
    const { body } = await client.request<WebhookWithSecret>('POST', '/webhooks', {}, request);
    receiver.expects(path, body.secret);
    return body;
  };

  async function timeline(orderId: string, client = stand.system.shop()): Promise<OrderTimeline> {
    const { status, body } = await client.request('GET', `/orders/${orderId}/timeline`);
    expect(status).toBe(200);
    return orderTimelineSchema.parse(body);
  }

  const attemptsIn = ({ data }: OrderTimeline) => data.filter(({ kind }) => kind === 'webhook-attempt');

  it('has everything from the request to the callbacks, each after its cause', () =>
    explained(stand.system, random, async () => {
      const mine = await subscribe('/shop', stand.system.shop());
      const operators = await subscribe('/ops', stand.system.operator());
      // The first callback to the shop fails once.
      receiver.react = ({ path, type, attempt }) =>
        path === '/shop' && type === 'order.created' && attempt === 1 ? { status: 500 } : { status: 204 };
      const orderId = await placed(MUG.sku, 2);
      await waitUntil('the shop was told of everything', () => receiver.acceptedOn('/shop').length === 3);
      const whole = await waitUntil(
        'every attempt is stored, and every service has told its part in time',
        async () => {
          const found = await timeline(orderId);
          return attemptsIn(found).length === 4 && found.incomplete.length === 0 && found;
        },
      );
      expect(whole.truncated).toBe(false);
      const entry = (type: string, kind: string) => {
        const found = whole.data.find((one) => one.type === type && one.kind === kind);
        if (!found) throw new Error(`there is no ${kind} ${type}`);
        return found;
      };
      const request = entry('orders.create', 'request');
      const reserve = entry('product.reserveStock', 'message');
      const reserved = entry('product.stockReserved', 'event');
      expect(request).toMatchObject({ id: orderId, service: 'gateway', causedBy: null });
      expect(entry('order.created', 'event').causedBy).toBe(request.id);
      expect(reserve.causedBy).toBe(request.id);
      expect(entry('reserve', 'stock-movement')).toMatchObject({
        causedBy: reserve.id,
        data: { sku: MUG.sku, available: -2, reserved: 2 },
      });
      expect(reserved.causedBy).toBe(reserve.id);
      expect(entry('order.confirmed', 'event').causedBy).toBe(reserved.id);
      const places = new Map(whole.data.map(({ id }, place) => [id, place]));
      for (const { id, causedBy } of whole.data.slice(1)) {
        expect(places.get(String(causedBy))).toBeLessThan(places.get(id) ?? -1);
      }
      const ofCreated = attemptsIn(whole).filter(({ type }) => type === 'order.created');
      expect(ofCreated.map(({ data }) => [data.number, data.status])).toEqual([
        [1, 500],
        [2, 204],
      ]);
      expect(new Set(attemptsIn(whole).map(({ data }) => data.webhookId))).toEqual(new Set([mine.id]));

      const webhooksSeenBy = async (client: ApiClient) =>
        new Set(attemptsIn(await timeline(orderId, client)).map(({ data }) => data.webhookId));
      await waitUntil("an operator sees an attempt for an operator's webhook", async () => {
        return (await webhooksSeenBy(stand.system.operator())).has(operators.id);
      });
      expect(await webhooksSeenBy(stand.system.operator())).toEqual(new Set([mine.id, operators.id]));
      const stranger = await stand.system.rival().request('GET', `/orders/${orderId}/timeline`);
      expect(stranger.status).toBe(404);
    }));

  it('has all that the logs have of the order, of whatever stream; a client what it may know', () =>
    explained(stand.system, random, async () => {
      const scarce = { ...RARE, sku: 'SCARCE', stock: 10, lowStockThreshold: 8 };
      await stock(stand.system, scarce);
      const tellsOperators = await subscribe('/low', stand.system.operator(), ['product.stockLow']);
      const orderId = await placed(scarce.sku, 3);
      await ended(await follow(orderId));
      await stand.system.shop().cancelOrder(orderId);
      await settled(stand);
      const books = new Books(stand.system.dataDir);
      const logged = [
        ...books.eventsCorrelatedWith('orders', orderId),
        ...books.eventsCorrelatedWith('products', orderId),
      ];
      expect(logged.map(({ type }) => type).sort()).toEqual([
        ...['order.cancelled', 'order.confirmed', 'order.created', 'product.releaseStock', 'product.reserveStock'],
        ...['product.stockLow', 'product.stockReleased', 'product.stockReserved'],
      ]);
      const lowTold = await waitUntil('the attempt to tell of the low stock is stored', async () => {
        const found = await timeline(orderId, stand.system.operator());
        const attempt = attemptsIn(found).find(({ data }) => data.webhookId === tellsOperators.id);
        return attempt !== undefined && found.incomplete.length === 0 && { found, attempt };
      });
      const lowId = logged.find(({ type }) => type === 'product.stockLow')?.id;
      expect(lowTold.attempt.causedBy).toBe(lowId);
      const idsIn = ({ data }: OrderTimeline) => new Set(data.map(({ id }) => id));
      expect(logged.filter(({ id }) => !idsIn(lowTold.found).has(id))).toEqual([]);

      const own = await waitUntil('every service has told its part in time', async () => {
        const found = await timeline(orderId);
        return found.incomplete.length === 0 && found;
      });
      expect(logged.filter(({ id }) => !idsIn(own).has(id)).map(({ type }) => type)).toEqual(FOR_OPERATORS);
      expect(attemptsIn(own).filter(({ data }) => data.webhookId === tellsOperators.id)).toEqual([]);
    }));

  it('says what it lacks while a service is away', () =>
    explained(stand.system, random, async () => {
      const orderId = await placed(MUG.sku);
      await ended(await follow(orderId));
      await publisher.kill9();
      await stand.system.stop('products-service');
      const partial = await timeline(orderId);
      expect([...partial.incomplete].sort()).toEqual(['products', 'webhooks']);
      expect(partial.data.map(({ type }) => type)).toEqual([
        'orders.create',
        'order.created',
        'product.reserveStock',
        'order.confirmed',
      ]);
      await stand.system.startOne('products-service');
    }));
});

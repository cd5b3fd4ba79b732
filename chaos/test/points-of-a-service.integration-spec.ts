import { join } from 'node:path';
import { newId } from '@holdfast/contracts';
import {
  type AmqpProbe,
  contractExample,
  newDataDir,
  newRedisUrl,
  openProbe,
  ServiceProcess,
  type TestBroker,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import Database from 'better-sqlite3';
import { Redis } from 'ioredis';
import { INSIDE_VARIABLE, type Inside } from '../src/inside/inside.js';
import { saidIn } from '../src/inside/said.js';
import { preload } from './inside-program.js';

const QUEUE = 'orders_queue';

let broker: TestBroker;
let probe: AmqpProbe;
let redisUrl: string;
let dataDir: string;
let service: ServiceProcess | undefined;

beforeEach(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  redisUrl = newRedisUrl();
  dataDir = newDataDir();
});
afterEach(async () => {
  await service?.kill9();
  await probe.close();
  await broker.close();
});

/** orders-service, ready, with the trigger in it. */
async function ordersService(at: NonNullable<Inside['at']>): Promise<ServiceProcess> {
  const env = { AMQP_URL: broker.url, REDIS_URL: redisUrl, DATA_DIR: dataDir, RECONCILE_INTERVAL_MS: '600000' };
  service = await ServiceProcess.launch(
    'orders-service',
    { ...env, [INSIDE_VARIABLE]: JSON.stringify({ at }) },
    { imports: [preload()] },
  );
  await service.ready();
  return service;
}

const anOrder = () => ({ ...contractExample('orders.create'), id: newId() });

/** Has orders-service die at a point of its first order; resolves when RabbitMQ knows that it is dead. */
async function killedAt(point: NonNullable<Inside['at']>['point'], label?: string): Promise<void> {
  const orders = await ordersService({ point, occurrence: 1, act: 'kill', ...(label !== undefined && { label }) });
  const order = anOrder();
  await probe.publish(QUEUE, order, { messageId: order.id });
  await orders.ended();
  await forgotten();
  await waitUntil('its last words are read', () => saidIn(orders.output()).length > 0);
  expect(saidIn(orders.output())).toMatchObject([{ said: 'reached', point, occurrence: 1 }]);
}

/** Without its consumer, all that the queue still counts as unacked is ready again. */
const forgotten = () =>
  waitUntil('RabbitMQ has noticed', async () => (await probe.raw.checkQueue(QUEUE)).consumerCount === 0);

function stored<Row>(sql: string): Row | undefined {
  const database = new Database(join(dataDir, 'orders.db'));
  try {
    return database.prepare<[], Row>(sql).get();
  } finally {
    database.close();
  }
}

const orders = () => stored<{ orders: number }>('SELECT count(*) AS orders FROM orders')?.orders;
const published = () => stored<{ position: number }>('SELECT position FROM relay_position')?.position;

describe('an orders-service that is killed', () => {
  it('before commit has stored nothing, and its message comes again', async () => {
    await killedAt('before-commit', 'orders.create');
    expect(orders()).toBe(0);
    expect(await probe.depth(QUEUE)).toBe(1);
  });

  it('after commit has stored the order, and its message comes again', async () => {
    await killedAt('after-commit', 'orders.create');
    expect(orders()).toBe(1);
    expect(await probe.depth(QUEUE)).toBe(1);
  });

  it.each([
    ['before publish: nothing', 'before-publish', 0],
    ['after publish: the event', 'after-publish', 1],
  ] as const)('has sent out, %s', async (_, point, count) => {
    await probe.raw.assertExchange('events.unrouted', 'fanout', { durable: true });
    await probe.raw.assertExchange('events', 'topic', { durable: true, alternateExchange: 'events.unrouted' });
    const events = await probe.collect({ exchange: 'events', routingKey: 'order.created' });
    await killedAt(point, 'order.created');
    await probe.publish('order.created', 'the last', { exchange: 'events' });
    await waitUntil('the last has come', () => events.at(-1)?.body === 'the last');
    expect(events).toHaveLength(count + 1);
    expect(published()).toBe(0);
  });

  it.each([
    ['after the confirm has not stored how far it is', 'after-confirm', 0],
    ['after that is marked, has', 'after-mark', 2],
  ] as const)('%s', async (_, point, position) => {
    await killedAt(point);
    expect(published()).toBe(position);
  });

  it.each([
    ['before ack, and its message comes again', 'before-ack', 1],
    ['after ack, and its message is gone', 'after-ack', 0],
  ] as const)('%s', async (_, point, depth) => {
    await killedAt(point, QUEUE);
    expect(await probe.depth(QUEUE)).toBe(depth);
  });

  it('after its reply was written has answered, and its message comes again', async () => {
    const killed = await ordersService({ point: 'reply-written', occurrence: 1, act: 'kill', label: QUEUE });
    const order = anOrder();
    expect(await probe.ask(QUEUE, order, { messageId: order.id })).toMatchObject({ response: { ok: true } });
    await killed.ended();
    await forgotten();
    expect(await probe.depth(QUEUE)).toBe(1);
  });
});

describe('an orders-service that is stopped with a lock in its hand', () => {
  it('holds it, and does the work when it goes on', async () => {
    const stopped = await ordersService({ point: 'lock-taken', occurrence: 1, act: 'stop' });
    const redis = new Redis(redisUrl);
    try {
      const message = contractExample('product.stockReserved');
      await probe.publish(QUEUE, message, { messageId: newId() });
      const [reached] = await waitUntil('it is there', () => {
        const said = saidIn(stopped.output());
        return said.length > 0 && said;
      });
      const key = reached?.said === 'reached' ? reached.labels[0] : undefined;
      expect(key).toContain('product.stockReserved');
      expect(await redis.exists(`lock:${key}`)).toBe(1);
      stopped.resume();
      // There is no such order.
      await waitUntil('the message is given up', async () => (await probe.depth(`${QUEUE}.dlq`)) === 1);
    } finally {
      redis.disconnect();
    }
  });
});

describe('an api-gateway that is killed with a request written', () => {
  it('has sent it, and its client gets no answer', async () => {
    await probe.raw.assertQueue(QUEUE);
    const at = { point: 'request-written', occurrence: 1, act: 'kill', label: 'orders.create' } as const;
    const environment = { AMQP_URL: broker.url, REDIS_URL: redisUrl, DATA_DIR: dataDir };
    service = await ServiceProcess.launch(
      'api-gateway',
      { ...environment, API_KEYS: 'client:shop:a-secret-of-the-shop', [INSIDE_VARIABLE]: JSON.stringify({ at }) },
      { imports: [preload()] },
    );
    await service.ready();
    const headers = { authorization: 'Bearer a-secret-of-the-shop', 'content-type': 'application/json' };
    const body = JSON.stringify({ items: [{ productId: 'mug', quantity: 1 }] });
    await expect(fetch(`${service.url}/orders`, { method: 'POST', headers, body })).rejects.toThrow();
    await service.ended();
    await waitUntil('the request has arrived', async () => (await probe.depth(QUEUE)) === 1);
  });
});

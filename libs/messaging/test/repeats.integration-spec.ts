import { newId } from '@holdfast/contracts';
import { type RedisServer } from '@holdfast/local-servers';
import {
  type AmqpProbe,
  aCreateOrder,
  aMessage,
  aReserveStock,
  aStockReserved,
  openProbe,
  startOwnRedis,
  TcpProxy,
  type TestBroker,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { Redis } from 'ioredis';
import { NoteTaker } from './note-taker.js';

// Nothing listens on port 1.
const NO_REDIS = 'redis://127.0.0.1:1';

let broker: TestBroker;
let probe: AmqpProbe;
let redis: RedisServer;
let client: Redis;

beforeAll(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  redis = await startOwnRedis();
  client = new Redis(redis.url);
});
afterAll(async () => {
  client.disconnect();
  await redis.kill();
  await probe.close();
  await broker.close();
});

async function withTaker(
  redisUrl: string,
  test: (taker: NoteTaker) => Promise<void>,
  redisTimeoutMs?: number,
): Promise<void> {
  const patience = redisTimeoutMs === undefined ? {} : { redisTimeoutMs };
  const taker = await NoteTaker.start({ amqpUrl: broker.url, redisUrl, ...patience });
  // Before it is connected a taker goes on without Redis.
  if (redisUrl !== NO_REDIS) await waitUntil('Redis is there', () => taker.check('redis') === 'up');
  try {
    await test(taker);
  } finally {
    await taker.close();
  }
}

/** A taker whose line to Redis can be broken, and which does not wait long for it. */
async function withLine(test: (line: TcpProxy, taker: NoteTaker) => Promise<void>): Promise<void> {
  const line = await TcpProxy.open(redis.url);
  try {
    await withTaker(line.url, (taker) => test(line, taker), 500);
  } finally {
    await line.close();
  }
}

/** Waits until everything published so far has been through: messages of a queue are taken in order. */
async function passed(taker: NoteTaker): Promise<void> {
  const messageId = newId();
  await probe.publish('orders_queue', aMessage('product.stockReserved', aStockReserved()), { messageId });
  await waitUntil('a later message is handled', async () => (await taker.notes(messageId)).length === 1);
  const retries = async () => (await probe.depth('orders_queue.retry.1000')) + (await probe.depth('orders_queue'));
  await waitUntil('nothing waits', async () => (await retries()) === 0);
}

interface Repeated {
  messageId: string;
  send: () => Promise<void>;
}

function aRepeated(): Repeated {
  const messageId = newId();
  const body = aMessage('product.stockReserved', aStockReserved());
  return { messageId, send: () => probe.publish('orders_queue', body, { messageId }) };
}

describe('a message delivered three times', () => {
  it('at once has its effect once', () =>
    withTaker(redis.url, async (taker) => {
      const { messageId, send } = aRepeated();
      await Promise.all([send(), send(), send()]);
      await passed(taker);
      expect(await taker.notes(messageId)).toHaveLength(1);
    }));

  it('one after the other has its effect once, and Redis alone knows the repeats', () =>
    withTaker(redis.url, async (taker) => {
      const { messageId, send } = aRepeated();
      await send();
      await waitUntil(
        'Redis has it as processed',
        async () => (await client.keys('processed:notes:product.stockReserved:*')).length > 0,
      );
      await passed(taker);
      await send();
      await send();
      await passed(taker);
      expect(await taker.notes(messageId)).toHaveLength(1);
      expect(await taker.runtime.metrics.metrics()).toContain(
        'holdfast_message_repeats_total{pattern="product.stockReserved"} 2',
      );
    }));

  it('with Redis flushed in between has its effect once', () =>
    withTaker(redis.url, async (taker) => {
      const { messageId, send } = aRepeated();
      for (let time = 0; time < 3; time += 1) {
        await send();
        await passed(taker);
        await client.flushall();
      }
      expect(await taker.notes(messageId)).toHaveLength(1);
    }));

  it('without any Redis has its effect once; the service says that it is degraded and goes on', () =>
    withTaker(NO_REDIS, async (taker) => {
      const { messageId, send } = aRepeated();
      await Promise.all([send(), send(), send()]);
      await passed(taker);
      expect(await taker.notes(messageId)).toHaveLength(1);
      expect(taker.check('redis')).toBe('degraded');
      expect(taker.ready).toBe(true);
      expect(await taker.runtime.metrics.metrics()).toMatch(/holdfast_messages_without_redis_total [1-9]/);
    }));

  it('with Redis going away and coming back in between has its effect once', () =>
    withLine(async (line, taker) => {
      const { messageId, send } = aRepeated();
      await send();
      await passed(taker);
      line.refuse();
      await waitUntil('Redis is away', () => taker.check('redis') === 'degraded');
      await send();
      await passed(taker);
      line.restore();
      await waitUntil('Redis is back', () => taker.check('redis') === 'up');
      await send();
      await passed(taker);
      expect(await taker.notes(messageId)).toHaveLength(1);
    }));

  it('with a Redis that has stopped answering has its effect once', () =>
    withLine(async (line, taker) => {
      line.muteServer();
      const { messageId, send } = aRepeated();
      await Promise.all([send(), send(), send()]);
      await waitUntil('Redis counts as away', () => taker.check('redis') === 'degraded');
      await passed(taker);
      expect(await taker.notes(messageId)).toHaveLength(1);
      line.restore();
      await waitUntil('Redis is back', () => taker.check('redis') === 'up');
    }));

  it('is answered each time where its handler answers repeats', () =>
    withTaker(redis.url, async (taker) => {
      const messageId = newId();
      const body = aMessage('product.reserveStock', aReserveStock());
      for (let time = 1; time <= 3; time += 1) {
        await probe.publish('orders_queue', body, { messageId });
        await waitUntil('it is answered', async () => (await taker.notes(messageId)).length === time);
      }
      expect(await taker.runtime.queries.all('SELECT * FROM inbox WHERE message_id = ?', [messageId])).toHaveLength(1);
    }));

  it('is left to its handler where that has a key of its own', () =>
    withTaker(redis.url, async (taker) => {
      taker.behave((_data, { origin }) => origin.messageId);
      const messageId = newId();
      const request = aMessage('orders.create', aCreateOrder());
      for (let time = 1; time <= 3; time += 1) {
        expect(await probe.ask('orders_queue', request, { messageId })).toMatchObject({ response: messageId });
      }
      expect(await taker.notes(messageId)).toHaveLength(3);
    }));
});

describe('two messages with the same key', () => {
  it('are two messages, with Redis and without', async () => {
    for (const redisUrl of [redis.url, NO_REDIS]) {
      await withTaker(redisUrl, async (taker) => {
        const outcome = aStockReserved({ idempotencyKey: newId() });
        for (const messageId of [newId(), newId()]) {
          await probe.publish('orders_queue', aMessage('product.stockReserved', outcome), { messageId });
          await waitUntil('it is handled', async () => (await taker.notes(messageId)).length === 1);
        }
      });
    }
  });
});

describe('a key that another instance works on', () => {
  it('is tried again later, as no failed attempt', () =>
    withTaker(redis.url, async (taker) => {
      const outcome = aStockReserved({ idempotencyKey: newId() });
      const lock = `lock:notes:product.stockReserved:${outcome.idempotencyKey}`;
      await client.set(lock, 'somebody', 'PX', 60_000);
      const messageId = newId();
      await probe.publish('orders_queue', aMessage('product.stockReserved', outcome), { messageId });
      const waiting = await probe.next('orders_queue.retry.1000');
      expect(waiting).toMatchObject({ messageId, headers: { 'x-attempt': 0 } });
      expect(await taker.notes(messageId)).toEqual([]);

      await client.del(lock);
      await probe.publish('orders_queue', waiting.raw, { messageId, headers: waiting.headers });
      await waitUntil('it is handled', async () => (await taker.notes(messageId)).length === 1);
    }));

  it('holds up no other key of the same moment', () =>
    withTaker(redis.url, async (taker) => {
      const outcome = aStockReserved({ idempotencyKey: newId() });
      await client.set(`lock:notes:product.stockReserved:${outcome.idempotencyKey}`, 'somebody', 'PX', 60_000);
      const ids = Array.from({ length: 20 }, newId);
      const blocked = probe.publish('orders_queue', aMessage('product.stockReserved', outcome), { messageId: newId() });
      await Promise.all([
        blocked,
        ...ids.map((messageId) =>
          probe.publish('orders_queue', aMessage('product.stockReserved', aStockReserved()), { messageId }),
        ),
      ]);
      await waitUntil('all the others are handled', async () => (await taker.notes()).length === ids.length);
      await probe.next('orders_queue.retry.1000');
    }));

  it('is free again as soon as the work is done', () =>
    withTaker(redis.url, async (taker) => {
      const key = `notes:product.stockReserved:${newId()}`;
      taker.behave(async () => expect(await client.exists(`lock:${key}`)).toBe(1));
      const outcome = aStockReserved({ idempotencyKey: key.split(':')[2] ?? '' });
      await probe.publish('orders_queue', aMessage('product.stockReserved', outcome), { messageId: newId() });
      await waitUntil('it is marked as processed', async () => (await client.exists(`processed:${key}`)) === 1);
      await waitUntil('its lock is gone', async () => (await client.exists(`lock:${key}`)) === 0);
      expect(await client.ttl(`processed:${key}`)).toBeGreaterThan(23 * 3_600);
    }));
});

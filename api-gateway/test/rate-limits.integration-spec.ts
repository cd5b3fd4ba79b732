import { type RedisServer } from '@holdfast/local-servers';
import { startOwnRedis, TcpProxy, type TestBroker, testBroker, waitUntil } from '@holdfast/testing';
import { type Gateway } from '../src/gateway.js';
import {
  bearer,
  CLIENT_KEY,
  OPERATOR_KEY,
  OTHER_CLIENT_KEY,
  post,
  problemIn,
  redisOf,
  startTestGateway,
  untilCountedInRedis,
  untilReady,
} from './gateway.harness.js';
import { ServicesDouble } from './services.double.js';

const SECOND_KEY = 'shop-next-secret-0123456789';

let broker: TestBroker;
let redis: RedisServer;
let services: ServicesDouble;
let gateways: Gateway[] = [];

beforeAll(async () => {
  broker = await testBroker();
  services = await ServicesDouble.start(broker.url);
  redis = await startOwnRedis();
});
afterEach(async () => {
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  gateways = [];
  services.forget();
});
afterAll(async () => {
  await services.close();
  await broker.close();
  await redis.stop();
});

/**
 * A gateway with a limit, on the test's own Redis, which it has by then; a client name of its own keeps tests from counting
 * together.
 */
async function start(client: string, env: NodeJS.ProcessEnv): Promise<Gateway> {
  const gateway = await startOn(redis.url, client, env);
  await untilCountedInRedis(gateway);
  return gateway;
}

async function startOn(
  redisUrl: string,
  client: string,
  env: NodeJS.ProcessEnv,
  redisTimeoutMs?: number,
): Promise<Gateway> {
  const keys = [`client:${client}:${CLIENT_KEY}`, `client:${client}:${SECOND_KEY}`];
  const overrides = {
    API_KEYS: [...keys, `client:${client}-2:${OTHER_CLIENT_KEY}`, `operator:${client}-ops:${OPERATOR_KEY}`].join(),
    REDIS_URL: redisUrl,
    RATE_LIMIT_WINDOW_S: '3600',
    ...env,
  };
  const gateway = await startTestGateway(broker.url, overrides, redisTimeoutMs);
  gateways.push(gateway);
  await untilReady(gateway);
  return gateway;
}

const list = (gateway: Gateway, key = CLIENT_KEY) => fetch(`${gateway.url}/products`, { headers: bearer(key) });

/** Statuses of requests, one after the other. */
async function statuses(gateway: Gateway, requests: number, key = CLIENT_KEY): Promise<number[]> {
  const answers: number[] = [];
  for (let request = 0; request < requests; request += 1) {
    const answer = await list(gateway, key);
    await answer.arrayBuffer();
    answers.push(answer.status);
  }
  return answers;
}

describe('a client with too many requests', () => {
  it('is refused by all gateways and with all its keys, and told when to come again', async () => {
    const [one, other] = [
      await start('many', { RATE_LIMIT_REQUESTS: '6' }),
      await start('many', { RATE_LIMIT_REQUESTS: '6' }),
    ];
    expect(await statuses(one, 2)).toEqual([200, 200]);
    expect(await statuses(other, 2, SECOND_KEY)).toEqual([200, 200]);
    expect(await statuses(one, 3)).toEqual([200, 200, 429]);
    const refused = await list(other, SECOND_KEY);
    expect(refused.status).toBe(429);
    expect(await problemIn(refused)).toMatchObject({ code: 'TOO_MANY_REQUESTS', detail: expect.any(String) });
    expect(refused.headers.get('ratelimit-limit')).toBe('6');
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect(refused.headers.get('ratelimit-reset')).toBe(refused.headers.get('retry-after'));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(3_600);
  });

  it('is refused before its body is read, and nothing is sent', async () => {
    const gateway = await start('unread', { RATE_LIMIT_REQUESTS: '1' });
    await statuses(gateway, 1);
    services.forget();
    for (const body of ['{broken', { productId: 'lamp', quantity: 1 }]) {
      expect((await post(`${gateway.url}/orders`, body)).status).toBe(429);
    }
    expect(services.received).toEqual([]);
  });

  it('takes nothing away from others, nor from what needs no key', async () => {
    const gateway = await start('fair', { RATE_LIMIT_REQUESTS: '2' });
    expect(await statuses(gateway, 3)).toEqual([200, 200, 429]);
    expect(await statuses(gateway, 2, OTHER_CLIENT_KEY)).toEqual([200, 200]);
    expect(await statuses(gateway, 2, OPERATOR_KEY)).toEqual([200, 200]);
    for (const path of ['/health/live', '/health/ready', '/metrics', '/docs', '/openapi.json', '/asyncapi.json']) {
      for (let request = 0; request < 3; request += 1) {
        const answer = await fetch(`${gateway.url}${path}`, { headers: bearer(CLIENT_KEY) });
        expect([path, answer.status]).toEqual([path, 200]);
        expect(answer.headers.get('ratelimit-limit')).toBeNull();
      }
    }
  });

  it('may come again when its time is up', async () => {
    const gateway = await start('again', { RATE_LIMIT_REQUESTS: '1', RATE_LIMIT_WINDOW_S: '1' });
    await waitUntil('it is refused', async () => (await list(gateway)).status === 429);
    await waitUntil('it is let in', async () => (await list(gateway)).status === 200);
  });

  it('is told in every answer how many requests are left', async () => {
    const gateway = await start('told', { RATE_LIMIT_REQUESTS: '1000' });
    const left = async () => Number((await list(gateway)).headers.get('ratelimit-remaining'));
    expect([await left(), await left(), await left()]).toEqual([999, 998, 997]);
    const unknown = await fetch(`${gateway.url}/products/chair`, { headers: bearer(CLIENT_KEY) });
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('ratelimit-remaining')).toBe('996');
  });

  it('is nobody where there is no limit', async () => {
    const gateway = await start('free', { RATE_LIMIT_REQUESTS: '0' });
    const answer = await list(gateway);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ratelimit-limit')).toBeNull();
  });
});

describe('while Redis is away', () => {
  it('a gateway is ready, says so, and counts alone', async () => {
    const line = await TcpProxy.open(redis.url);
    line.refuse();
    const gateway = await startOn(line.url, 'alone', { RATE_LIMIT_REQUESTS: '3' });
    expect(await redisOf(gateway)).toBe('degraded');
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toContain('holdfast_redis_up 0');
    expect(await statuses(gateway, 5)).toEqual([200, 200, 200, 429, 429]);
    line.restore();
    await untilCountedInRedis(gateway);
    await line.close();
  });

  it('that does not answer any more, requests are answered all the same', async () => {
    const line = await TcpProxy.open(redis.url);
    const gateway = await startOn(line.url, 'mute', { RATE_LIMIT_REQUESTS: '100' }, 1_000);
    await untilCountedInRedis(gateway);
    expect(await statuses(gateway, 10)).toEqual(Array(10).fill(200));
    line.muteServer();
    // Counted alone from here on, if not before: the limit is for these.
    expect(await statuses(gateway, 50)).toEqual(Array(50).fill(200));
    expect(await statuses(gateway, 150)).toContain(429);
    expect(await redisOf(gateway)).toBe('degraded');
    await line.close();
  });
});

import { type RedisServer } from '@holdfast/local-servers';
import { startOwnRedis, type TestBroker, testBroker } from '@holdfast/testing';
import { type Gateway } from '../src/gateway.js';
import {
  bearer,
  CLIENT_KEY,
  OTHER_CLIENT_KEY,
  problemIn,
  startTestGateway,
  untilCountedInRedis,
  untilReady,
} from './gateway.harness.js';
import { ServicesDouble } from './services.double.js';

let broker: TestBroker;
let services: ServicesDouble;
let redis: RedisServer;
let gateway: Gateway;

beforeAll(async () => {
  broker = await testBroker();
  services = await ServicesDouble.start(broker.url);
});
beforeEach(async () => {
  redis = await startOwnRedis();
});
afterEach(async () => {
  await gateway.stop();
  await redis.stop();
});
afterAll(async () => {
  await services.close();
  await broker.close();
});

async function start(env: NodeJS.ProcessEnv): Promise<void> {
  gateway = await startTestGateway(broker.url, { REDIS_URL: redis.url, AUTH_FAILURES_PER_MINUTE: '3', ...env });
  await untilReady(gateway);
  await untilCountedInRedis(gateway);
}

const ask = (key: string | undefined, from?: string) =>
  fetch(`${gateway.url}/products`, {
    headers: { ...(key !== undefined && bearer(key)), ...(from !== undefined && { 'x-forwarded-for': from }) },
  });

async function statuses(keys: readonly (string | undefined)[], from?: string): Promise<number[]> {
  const answers: number[] = [];
  for (const key of keys) answers.push((await ask(key, from)).status);
  return answers;
}

const guesses = (count: number) => Array.from({ length: count }, (_, guess) => `a-guess-of-a-secret-${guess}`);

describe('whoever guesses keys', () => {
  it('is refused after so many, and is not told when one is right', async () => {
    await start({});
    expect(await statuses(guesses(5))).toEqual([401, 401, 401, 429, 429]);
    const refused = await ask(OTHER_CLIENT_KEY);
    expect(refused.status).toBe(429);
    expect((await problemIn(refused)).code).toBe('TOO_MANY_REQUESTS');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(services.received).toEqual([]);
  });

  it('does not lock out a client of the same address that was there before', async () => {
    await start({});
    expect(await statuses([CLIENT_KEY, ...guesses(4)])).toEqual([200, 401, 401, 401, 429]);
    expect(await statuses([CLIENT_KEY, OTHER_CLIENT_KEY, CLIENT_KEY])).toEqual([200, 429, 200]);
  });

  it('is not whoever sends none', async () => {
    await start({});
    expect(await statuses(Array(6).fill(undefined))).toEqual(Array(6).fill(401));
    expect(await statuses([CLIENT_KEY])).toEqual([200]);
  });

  it('does not get on by a forged X-Forwarded-For', async () => {
    await start({});
    for (const [place, guess] of guesses(6).entries()) {
      expect((await ask(guess, `192.0.2.${place}`)).status).toBe(place < 3 ? 401 : 429);
    }
  });

  it('is told apart behind a trusted proxy, by what the proxy added last', async () => {
    await start({ TRUSTED_PROXIES: '10.0.0.0/8,127.0.0.1' });
    expect(await statuses(guesses(4), '198.51.100.9, 192.0.2.1')).toEqual([401, 401, 401, 429]);
    expect(await statuses(guesses(1), '203.0.113.5, 192.0.2.1, 10.1.2.3')).toEqual([429]);
    expect(await statuses([CLIENT_KEY], '198.51.100.9')).toEqual([200]);
    expect(await statuses(guesses(4), 'not an address')).toEqual([401, 401, 401, 429]);
    expect(await statuses(guesses(1))).toEqual([429]);
  });

  it('is nobody where there is no limit', async () => {
    await start({ AUTH_FAILURES_PER_MINUTE: '0' });
    expect(await statuses([...guesses(20), CLIENT_KEY])).toEqual([...Array(20).fill(401), 200]);
  });
});

import { freePort } from '@holdfast/local-servers';
import { createLogger } from '@holdfast/platform';
import { newRedisUrl, testBroker, waitUntil } from '@holdfast/testing';
import { loadGatewayConfig } from '../src/config.js';
import { type Gateway, startGateway } from '../src/gateway.js';
import { ServicesDouble } from './services.double.js';

export const CLIENT_KEY = 'shop-secret-0123456789';
export const OTHER_CLIENT_KEY = 'other-secret-0123456789';
export const OPERATOR_KEY = 'operator-secret-0123456789';

const API_KEYS = `client:shop:${CLIENT_KEY},client:other:${OTHER_CLIENT_KEY},operator:ops:${OPERATOR_KEY}`;

/**
 * What a suite runs against: queues of its own, the services' double on them, and a gateway that is ready. Its time limits
 * are the product's, which no busy machine meets; who waits for one asks {@link another} gateway with a short one.
 */
export interface Suite {
  services: ServicesDouble;
  gateway: Gateway;
  /** Starts one more gateway on the same queues, which stops with the suite. */
  another(overrides: NodeJS.ProcessEnv): Promise<Gateway>;
  stop(): Promise<void>;
}

export async function startSuite(overrides: NodeJS.ProcessEnv = {}): Promise<Suite> {
  const broker = await testBroker();
  const services = await ServicesDouble.start(broker.url);
  const gateways: Gateway[] = [];
  const another = async (others: NodeJS.ProcessEnv): Promise<Gateway> => {
    const gateway = await startTestGateway(broker.url, others);
    gateways.push(gateway);
    await untilReady(gateway);
    return gateway;
  };
  return {
    services,
    gateway: await another(overrides),
    another,
    stop: async () => {
      for (const gateway of gateways) await gateway.stop();
      await services.close();
      await broker.close();
    },
  };
}

// A gateway that has not been given the processor for a while takes Redis for dead after 100 ms, and counts alone then.
const REDIS_TIMEOUT_MS = 30_000;

/** A gateway on a free port, with the keys above. It waits for Redis unless told otherwise. */
export async function startTestGateway(
  amqpUrl: string,
  overrides: NodeJS.ProcessEnv = {},
  redisTimeoutMs = REDIS_TIMEOUT_MS,
): Promise<Gateway> {
  const config = loadGatewayConfig({
    AMQP_URL: amqpUrl,
    REDIS_URL: newRedisUrl(),
    API_KEYS,
    GATEWAY_PORT: String(await freePort()),
    ...overrides,
  });
  return startGateway(config, createLogger('gateway', 'silent'), redisTimeoutMs);
}

export const untilReady = (gateway: Gateway): Promise<boolean> =>
  waitUntil('the gateway is ready', async () => (await fetch(`${gateway.url}/health/ready`)).ok);

/** What a gateway says of its Redis. */
export async function redisOf(gateway: Gateway): Promise<string | undefined> {
  const report = await (await fetch(`${gateway.url}/health/ready`)).json();
  return (report as { checks: Record<string, { status: string }> }).checks.redis?.status;
}

/** From then on requests are counted in Redis; before, each gateway counts alone. */
export const untilCountedInRedis = (gateway: Gateway): Promise<boolean> =>
  waitUntil('the gateway has Redis', async () => (await redisOf(gateway)) === 'up');

export const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

/** `POST` of a value as JSON, or of a text as it is. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { ...bearer(CLIENT_KEY), 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
}

/** A problem document, as far as tests look into it. */
export interface Problem {
  type: string;
  status: number;
  detail: string;
  code: string;
  requestId?: string;
  errors?: { pointer?: string; header?: string; query?: string; detail: string }[];
}

/** Reads an answer that must be a problem document. */
export async function problemIn(answer: Response): Promise<Problem> {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return (await answer.json()) as Problem;
}

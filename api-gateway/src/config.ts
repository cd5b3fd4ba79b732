import { isIP } from 'node:net';
import { commonConfig, integer, loadConfig, port, redisUrl } from '@holdfast/platform';
import { z } from 'zod';
import { parseApiKeys } from './api-keys.js';

const apiKeys = z
  .string({
    error:
      'must be set: role:client:secret or role:client:sha256:<hash>, several separated by commas; roles are client and operator',
  })
  .transform((text, context) => {
    const { keys, problems } = parseApiKeys(text);
    for (const message of problems) context.addIssue({ code: 'custom', message });
    return keys;
  });

const listOf = (valid: (entry: string) => boolean, problem: string) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
    )
    .refine((entries) => entries.every(valid), problem);

// As a browser writes it in the Origin header, or the two would never be equal.
const isOrigin = (text: string): boolean =>
  URL.canParse(text) && /^https?:[^*]+$/.test(text) && new URL(text).origin === text;

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

export const gatewayConfigSchema = z.object({
  NODE_ENV: commonConfig.NODE_ENV,
  HOST: commonConfig.HOST,
  LOG_LEVEL: commonConfig.LOG_LEVEL,
  AMQP_URL: commonConfig.AMQP_URL,
  REDIS_URL: redisUrl,
  GATEWAY_PORT: port(3000),
  API_KEYS: apiKeys,
  // How long a caller is kept waiting for a service. A query lives in its queue for 10 s, so more helps no query.
  REQUEST_TIMEOUT_MS: integer({ min: 100, max: 60_000, default: 10_000 }),
  // With services that answer in 50 ms this is room for 20,000 requests a second; with services that stand still it
  // bounds memory, and callers get 503 at once.
  MAX_IN_FLIGHT: integer({ min: 1, max: 100_000, default: 1_000 }),
  // Requests of one client in one window; 0 for no limit. 10,000 a second is more than one machine serves: what is right
  // depends on who the clients are, and until somebody says it no honest client is to meet a limit.
  RATE_LIMIT_REQUESTS: integer({ min: 0, max: 1_000_000_000, default: 100_000 }),
  RATE_LIMIT_WINDOW_S: integer({ min: 1, max: 86_400, default: 10 }),
  // Of one address; 0 for no limit. A client with an old key repeats itself without harm; who guesses needs 10^15 years
  // for a secret of 16 letters and digits.
  AUTH_FAILURES_PER_MINUTE: integer({ min: 0, max: 1_000_000_000, default: 300 }),
  // A client that sends a byte now and then holds a connection and its buffers; 100 kB in 15 s is 55 kbit/s.
  RECEIVE_TIMEOUT_MS: integer({ min: 100, max: 600_000, default: 15_000 }),
  // A CSV file of products: 50,000 lines of 200 bytes. It is never in memory as a whole; its skus are.
  IMPORT_MAX_BYTES: integer({ min: 1_000, max: 1_000_000_000, default: 10_000_000 }),
  IMPORT_MAX_LINES: integer({ min: 1, max: 1_000_000, default: 50_000 }),
  // For the file as a whole, which is read no faster than its lines are done: 170 a second are enough for 50,000.
  IMPORT_TIMEOUT_MS: integer({ min: 100, max: 3_600_000, default: 300_000 }),
  // A connection costs about 17 kB: 10,000 are 170 MB.
  MAX_CONNECTIONS: integer({ min: 1, max: 1_000_000, default: 10_000 }),
  // An open stream costs about 15 kB, most of it its connection: 2,000 are 30 MB. Half of them is one client's at most, so
  // that nobody takes all.
  SSE_MAX_STREAMS: integer({ min: 0, max: 100_000, default: 2_000 }),
  SSE_MAX_STREAMS_PER_CLIENT: integer({ min: 0, max: 100_000, default: 1_000 }),
  // Proxies commonly drop a connection that is silent for 60 s, and so does this server.
  SSE_HEARTBEAT_MS: integer({ min: 100, max: 50_000, default: 15_000 }),
  // What a balancer in front needs to notice; one that asks every 5 s and believes the second answer needs 10 s.
  SHUTDOWN_DRAIN_MS: integer({ min: 0, max: 120_000, default: 0 }),
  TRUSTED_PROXIES: listOf(isNetwork, 'must be addresses or networks such as 10.0.0.0/8, separated by commas'),
  CORS_ORIGINS: listOf(isOrigin, 'must be origins such as https://shop.example, separated by commas'),
});

export type GatewayConfig = z.infer<typeof gatewayConfigSchema>;

/** The gateway's configuration, whole and checked. This file is the only reader of the environment. */
export function loadGatewayConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  return loadConfig(gatewayConfigSchema, env);
}

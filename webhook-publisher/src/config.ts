import {
  anyDatabaseUrl,
  commonConfig,
  type DatabaseLocation,
  databaseLocation,
  integer,
  loadConfig,
  port,
  redisUrl,
} from '@holdfast/platform';
import { z } from 'zod';
import { parseNetworks } from './outbound/http/address-policy.js';
import { parseEncryptionKeys, type SealingKey } from './outbound/secret-box.js';

const MAX_RETRIES = 100;
const MAX_RETRY_S = 7 * 86_400;

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

/** Seconds between the attempts of a delivery, separated by commas; `0` parts are no pause. */
const retrySchedule = z
  .string()
  .default('1,2,4,8,16')
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (parts) =>
      parts.length <= MAX_RETRIES && parts.every((part) => /^\d+(\.\d+)?$/.test(part) && Number(part) <= MAX_RETRY_S),
    `must be up to ${MAX_RETRIES} numbers of seconds, each at most ${MAX_RETRY_S}, separated by commas`,
  )
  .transform((parts) => parts.map((part) => Number(part) * 1000));

const networks = z
  .string()
  .default('')
  .superRefine((text, context) => {
    for (const problem of parseNetworks(text).problems) context.addIssue({ code: 'custom', message: problem });
  });

const encryptionKeys = z
  .string('is missing: make one with openssl rand -base64 32')
  .transform((text, context): SealingKey[] => {
    const { keys, problems } = parseEncryptionKeys(text);
    for (const problem of problems) context.addIssue({ code: 'custom', message: problem });
    return keys;
  });

export const webhooksConfigSchema = z.object({
  ...commonConfig,
  WEBHOOKS_PORT: port(3003),
  REDIS_URL: redisUrl,
  WEBHOOKS_DATABASE_URL: anyDatabaseUrl,
  WEBHOOKS_PREFETCH: integer({ min: 1, max: 5_000, default: 250 }),
  WEBHOOK_ENCRYPTION_KEY: encryptionKeys,
  WEBHOOK_RETRY_SCHEDULE: retrySchedule,
  WEBHOOK_DEADLINE_MS: integer({ min: 100, max: 60_000, default: 15_000 }),
  WEBHOOK_ALLOW_HTTP: flag,
  WEBHOOK_ALLOWED_NETWORKS: networks,
  WEBHOOK_RETENTION_DAYS: integer({ min: 1, max: 3_650, default: 30 }),
  WEBHOOK_DISABLE_AFTER_HOURS: integer({ min: 1, max: 8_760, default: 120 }),
  // 0 sends on the service's own thread.
  WEBHOOK_SENDER_THREADS: integer({ min: 0, max: 64, default: 1 }),
  WEBHOOK_CONCURRENCY: integer({ min: 1, max: 10_000, default: 256 }),
  WEBHOOK_ENDPOINT_CONCURRENCY: integer({ min: 1, max: 1_000, default: 32 }),
});

export type WebhooksConfig = z.infer<typeof webhooksConfigSchema> & { database: DatabaseLocation };

/** The service's configuration, whole and checked. This file is the only reader of the environment. */
export function loadWebhooksConfig(env: NodeJS.ProcessEnv): WebhooksConfig {
  return { ...loadConfig(webhooksConfigSchema, env), database: loadWebhooksDatabase(env) };
}

/** Where the service keeps its data, for a tool that needs nothing else of the configuration. */
export function loadWebhooksDatabase(env: NodeJS.ProcessEnv): DatabaseLocation {
  const schema = webhooksConfigSchema.pick({ DATA_DIR: true, WEBHOOKS_DATABASE_URL: true });
  const { DATA_DIR, WEBHOOKS_DATABASE_URL } = loadConfig(schema, env);
  return databaseLocation(WEBHOOKS_DATABASE_URL, `${DATA_DIR}/webhooks.db`);
}

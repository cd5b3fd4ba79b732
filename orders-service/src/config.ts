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

export const ordersConfigSchema = z.object({
  ...commonConfig,
  ORDERS_PORT: port(3002),
  REDIS_URL: redisUrl,
  ORDERS_DATABASE_URL: anyDatabaseUrl,
  // Bounds memory and the size of a group commit; more than a few hundred gains nothing.
  ORDERS_PREFETCH: integer({ min: 1, max: 5_000, default: 250 }),
  // 24 is what the API promises; a caller that was away for a weekend still gets its answer.
  IDEMPOTENCY_RETENTION_HOURS: integer({ min: 24, max: 8_760, default: 72 }),
  RECONCILE_INTERVAL_MS: integer({ min: 100, max: 600_000, default: 5_000 }),
});

export type OrdersConfig = z.infer<typeof ordersConfigSchema> & { database: DatabaseLocation };

/** The service's configuration, whole and checked. This file is the only reader of the environment. */
export function loadOrdersConfig(env: NodeJS.ProcessEnv): OrdersConfig {
  return { ...loadConfig(ordersConfigSchema, env), database: loadOrdersDatabase(env) };
}

/** Where the service keeps its data, for a tool that needs nothing else of the configuration. */
export function loadOrdersDatabase(env: NodeJS.ProcessEnv): DatabaseLocation {
  const schema = ordersConfigSchema.pick({ DATA_DIR: true, ORDERS_DATABASE_URL: true });
  const { DATA_DIR, ORDERS_DATABASE_URL } = loadConfig(schema, env);
  return databaseLocation(ORDERS_DATABASE_URL, `${DATA_DIR}/orders.db`);
}

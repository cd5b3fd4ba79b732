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

export const productsConfigSchema = z.object({
  ...commonConfig,
  PRODUCTS_PORT: port(3001),
  REDIS_URL: redisUrl,
  PRODUCTS_DATABASE_URL: anyDatabaseUrl,
  // Bounds memory and the size of a group commit; more than a few hundred gains nothing.
  PRODUCTS_PREFETCH: integer({ min: 1, max: 5_000, default: 250 }),
  // 24 is what the API promises; a caller that was away for a weekend still gets its answer.
  IDEMPOTENCY_RETENTION_HOURS: integer({ min: 24, max: 8_760, default: 72 }),
});

export type ProductsConfig = z.infer<typeof productsConfigSchema> & { database: DatabaseLocation };

/** The service's configuration, whole and checked. This file is the only reader of the environment. */
export function loadProductsConfig(env: NodeJS.ProcessEnv): ProductsConfig {
  return { ...loadConfig(productsConfigSchema, env), database: loadProductsDatabase(env) };
}

/** Where the service keeps its data, for a tool that needs nothing else of the configuration. */
export function loadProductsDatabase(env: NodeJS.ProcessEnv): DatabaseLocation {
  const schema = productsConfigSchema.pick({ DATA_DIR: true, PRODUCTS_DATABASE_URL: true });
  const { DATA_DIR, PRODUCTS_DATABASE_URL } = loadConfig(schema, env);
  return databaseLocation(PRODUCTS_DATABASE_URL, `${DATA_DIR}/products.db`);
}

import { resolve } from 'node:path';
import { commonConfig, databaseUrl, integer, loadConfig, port, redisUrl } from '@holdfast/platform';
import { z } from 'zod';

export const productsConfigSchema = z.object({
  ...commonConfig,
  PRODUCTS_PORT: port(3001),
  REDIS_URL: redisUrl,
  PRODUCTS_DATABASE_URL: databaseUrl,
  // Bounds memory and the size of a group commit; more than a few hundred gains nothing.
  PRODUCTS_PREFETCH: integer({ min: 1, max: 5_000, default: 250 }),
});

export type ProductsConfig = z.infer<typeof productsConfigSchema> & { databaseFile: string };

/** The service's configuration, whole and checked. This file is the only reader of the environment. */
export function loadProductsConfig(env: NodeJS.ProcessEnv): ProductsConfig {
  const config = loadConfig(productsConfigSchema, env);
  return { ...config, databaseFile: resolve(config.PRODUCTS_DATABASE_URL ?? `${config.DATA_DIR}/products.db`) };
}

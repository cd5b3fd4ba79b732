import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHoldfastClient, type HoldfastClient, HoldfastProblem } from '@holdfast/client';
import { ApiKeys, keyOf } from './api-keys.js';
import { DemoProduct, demoCatalogue } from './catalogue.js';
import { Log } from './log.js';

/** Above the gateway's own limit of 10 s for an answer; tried again twice at most, because the start waits for it. */
const PATIENCE = { attemptTimeoutMs: 15_000, retries: 2 };

/**
 * Puts the demo catalogue into a new system, once: a marker in DATA_DIR remembers it. A failure is said and does not
 * keep the system from running; the next start tries again, and a sku that is there already is fine.
 */
export async function seedCatalogue(gatewayUrl: string, keys: ApiKeys, dataDir: string, log: Log): Promise<void> {
  const marker = join(dataDir, 'catalogue-seeded');
  if (existsSync(marker)) return;
  const key = keyOf(keys, 'operator');
  if (key === undefined) {
    log.warn('API_KEYS holds no operator key, so the demo catalogue is not put in');
    return;
  }
  const operator = createHoldfastClient({ baseUrl: gatewayUrl, apiKey: key.secret, ...PATIENCE });
  try {
    for (const product of demoCatalogue) await createProduct(operator, product);
  } catch (error) {
    log.warn(`the demo catalogue could not be put in: ${(error as Error).message}`);
    return;
  }
  writeFileSync(marker, `${new Date().toISOString()}\n`);
  log.info(`put ${demoCatalogue.length} demo products into the catalogue`);
}

async function createProduct(operator: HoldfastClient, body: DemoProduct): Promise<void> {
  try {
    await operator.post('/products', { body });
  } catch (error) {
    if (error instanceof HoldfastProblem && error.code === 'SKU_TAKEN') return;
    throw new Error(`${body.sku}: ${(error as Error).message}`, { cause: error });
  }
}

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiKeys, keyOf } from './api-keys.js';
import { demoCatalogue } from './catalogue.js';
import { Log } from './log.js';
import { refusalText } from './refusal-text.js';

/**
 * Puts the demo catalogue into a new system, once: a marker in DATA_DIR remembers it. A failure is said and does not
 * keep the system from running; the next start tries again, and a sku that is there already is fine.
 */
export async function seedCatalogue(gatewayUrl: string, keys: ApiKeys, dataDir: string, log: Log): Promise<void> {
  const marker = join(dataDir, 'catalogue-seeded');
  if (existsSync(marker)) return;
  const operator = keyOf(keys, 'operator');
  if (operator === undefined) {
    log.warn('API_KEYS holds no operator key, so the demo catalogue is not put in');
    return;
  }
  try {
    for (const product of demoCatalogue) await createProduct(gatewayUrl, operator.secret, product);
  } catch (error) {
    log.warn(`the demo catalogue could not be put in: ${(error as Error).message}`);
    return;
  }
  writeFileSync(marker, `${new Date().toISOString()}\n`);
  log.info(`put ${demoCatalogue.length} demo products into the catalogue`);
}

async function createProduct(gatewayUrl: string, secret: string, product: { sku: string }): Promise<void> {
  const response = await fetch(`${gatewayUrl}/products`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(product),
    signal: AbortSignal.timeout(15_000),
  });
  const answer = await response.text();
  if (response.ok || response.status === 409) return;
  throw new Error(`POST /products (${product.sku}) answered ${response.status}: ${refusalText(answer)}`);
}

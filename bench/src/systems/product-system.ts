import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createHoldfastClient, type HoldfastClient } from '@holdfast/client';
import { freePort } from '@holdfast/local-servers';
import { BenchProcess } from '../processes/bench-process.js';
import { Teardown } from '../processes/teardown.js';
import { serviceReady } from './service-ready.js';
import { RunningSystem, SystemSetup } from './system.js';

const ROOT = join(import.meta.dirname, '../../..');

/** Name in the report, compiled main file, and the variable that says where its health is served. */
const SERVICES = [
  { name: 'products', main: 'products-service/dist/main.js', portVariable: 'PRODUCTS_PORT' },
  { name: 'orders', main: 'orders-service/dist/main.js', portVariable: 'ORDERS_PORT' },
  { name: 'gateway', main: 'api-gateway/dist/main.js', portVariable: 'GATEWAY_PORT' },
] as const;

export interface ProductSystem extends RunningSystem {
  /** http://127.0.0.1:port */
  readonly gatewayUrl: string;
  /** The one whose orders the load is. It repeats no call: what is refused is to show. */
  readonly client: HoldfastClient;
  /** As the client, with an operator's key. */
  readonly operator: HoldfastClient;
}

/** Starts the product's services as `npm start` would, every guarantee on, waits until they are ready and stocks the catalogue. */
export async function startProductSystem(setup: SystemSetup, teardown: Teardown): Promise<ProductSystem> {
  const keys = { client: randomBytes(16).toString('hex'), operator: randomBytes(16).toString('hex') };
  const ports = { PRODUCTS_PORT: await freePort(), ORDERS_PORT: await freePort(), GATEWAY_PORT: await freePort() };
  const env = {
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    AMQP_URL: setup.amqpUrl,
    REDIS_URL: setup.redisUrl,
    DATA_DIR: setup.dataDir,
    API_KEYS: `client:bench:${keys.client},operator:ops:${keys.operator}`,
    ...setup.env,
  };
  const processes = SERVICES.map(({ name, main }) => {
    const script = join(ROOT, main);
    if (!existsSync(script)) throw new Error(`${main} is missing. Build first: npx tsc -b`);
    return BenchProcess.start({ name, script, env, dataDir: setup.dataDir }, teardown);
  });
  await Promise.race([Promise.all(Object.values(ports).map(serviceReady)), ...processes.map(({ failed }) => failed)]);

  const gatewayUrl = `http://127.0.0.1:${ports.GATEWAY_PORT}`;
  await stockCatalogue(gatewayUrl, keys.operator, setup);
  return {
    processes,
    target: {
      ordersUrl: `${gatewayUrl}/orders`,
      headers: { authorization: `Bearer ${keys.client}` },
      skus: setup.skus,
    },
    gatewayUrl,
    client: createHoldfastClient({ baseUrl: gatewayUrl, apiKey: keys.client, retries: 0 }),
    operator: createHoldfastClient({ baseUrl: gatewayUrl, apiKey: keys.operator, retries: 0 }),
    ordersDatabase: join(setup.dataDir, 'orders.db'),
    productsDatabase: join(setup.dataDir, 'products.db'),
    unitsLeftQuery: 'SELECT sum(available) FROM products',
  };
}

async function stockCatalogue(gatewayUrl: string, operatorKey: string, { skus, stockPerSku }: SystemSetup) {
  const operator = createHoldfastClient({ baseUrl: gatewayUrl, apiKey: operatorKey });
  for (const sku of skus) {
    const price = { amount: 1_999, currency: 'EUR' };
    await operator.post('/products', { body: { sku, name: `Product ${sku}`, price, stock: stockPerSku } });
  }
}

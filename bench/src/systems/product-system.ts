import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createHoldfastClient, type HoldfastClient } from '@holdfast/client';
import { freePort } from '@holdfast/local-servers';
import { DatabaseLocation } from '../databases/database-location.js';
import { BenchProcess } from '../processes/bench-process.js';
import { Teardown } from '../processes/teardown.js';
import { commitsOf } from './commit-counter.js';
import { serviceReady } from './service-ready.js';
import { ProductSetup, RunningSystem } from './system.js';

const ROOT = join(import.meta.dirname, '../../..');

/** Name in the report, compiled main file, and the variable that says where its health is served. */
const SERVICES = {
  products: { main: 'products-service/dist/main.js', portVariable: 'PRODUCTS_PORT' },
  orders: { main: 'orders-service/dist/main.js', portVariable: 'ORDERS_PORT' },
  gateway: { main: 'api-gateway/dist/main.js', portVariable: 'GATEWAY_PORT' },
} as const;

type ServiceName = keyof typeof SERVICES;

export interface ProductSystem extends RunningSystem {
  /** http://127.0.0.1:port of the first gateway. */
  readonly gatewayUrl: string;
  /** The one whose orders the load is. It repeats no call: what is refused is to show. */
  readonly client: HoldfastClient;
  /** As the client, with an operator's key. */
  readonly operator: HoldfastClient;
}

/** One process of a service. */
interface Instance {
  name: ServiceName;
  /** From 1. */
  number: number;
  port: number;
}

/** Starts the product's services as `npm start` would, every guarantee on, waits until they are ready and stocks the catalogue. */
export async function startProductSystem(setup: ProductSetup, teardown: Teardown): Promise<ProductSystem> {
  const keys = { client: randomBytes(16).toString('hex'), operator: randomBytes(16).toString('hex') };
  const env = {
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    AMQP_URL: setup.amqpUrl,
    REDIS_URL: setup.redisUrl,
    DATA_DIR: setup.dataDir,
    ORDERS_DATABASE_URL: setup.databaseUrls?.orders,
    PRODUCTS_DATABASE_URL: setup.databaseUrls?.products,
    API_KEYS: `client:bench:${keys.client},operator:ops:${keys.operator}`,
    ...setup.env,
  };
  const instances = await instancesOf(setup);
  const processes = instances.map((instance) => start(instance, env, setup.dataDir, teardown));
  const ready = Promise.all(instances.map(({ port }) => serviceReady(port)));
  await Promise.race([ready, ...processes.map(({ failed }) => failed)]);

  const portsOf = (name: ServiceName) => instances.filter((instance) => instance.name === name).map(({ port }) => port);
  const gatewayUrls = portsOf('gateway').map((port) => `http://127.0.0.1:${port}`);
  const gatewayUrl = gatewayUrls[0] ?? '';
  await stockCatalogue(gatewayUrl, keys.operator, setup);
  return {
    processes,
    target: {
      ordersUrls: gatewayUrls.map((url) => `${url}/orders`),
      headers: { authorization: `Bearer ${keys.client}` },
      skus: setup.skus,
    },
    gatewayUrl,
    client: createHoldfastClient({ baseUrl: gatewayUrl, apiKey: keys.client, retries: 0 }),
    operator: createHoldfastClient({ baseUrl: gatewayUrl, apiKey: keys.operator, retries: 0 }),
    ordersDatabase: locate('orders', setup),
    productsDatabase: locate('products', setup),
    commits: () => commitsOf([...portsOf('orders'), ...portsOf('products')]),
  };
}

async function instancesOf({ instances = 1, gateways = 1 }: ProductSetup): Promise<Instance[]> {
  const counts: Record<ServiceName, number> = { products: instances, orders: instances, gateway: gateways };
  const all: Instance[] = [];
  for (const name of Object.keys(SERVICES) as ServiceName[]) {
    for (let number = 1; number <= counts[name]; number += 1) all.push({ name, number, port: await freePort() });
  }
  return all;
}

function start(
  { name, number, port }: Instance,
  env: NodeJS.ProcessEnv,
  dataDir: string,
  teardown: Teardown,
): BenchProcess {
  const { main, portVariable } = SERVICES[name];
  const script = join(ROOT, main);
  if (!existsSync(script)) throw new Error(`${main} is missing. Build first: npx tsc -b`);
  return BenchProcess.start({ name, number, script, env: { ...env, [portVariable]: String(port) }, dataDir }, teardown);
}

function locate(name: 'orders' | 'products', { databaseUrls, dataDir }: ProductSetup): DatabaseLocation {
  const url = databaseUrls?.[name];
  return url === undefined ? { dialect: 'sqlite', file: join(dataDir, `${name}.db`) } : { dialect: 'postgres', url };
}

async function stockCatalogue(gatewayUrl: string, operatorKey: string, { skus, stockPerSku }: ProductSetup) {
  const operator = createHoldfastClient({ baseUrl: gatewayUrl, apiKey: operatorKey });
  for (const sku of skus) {
    const price = { amount: 1_999, currency: 'EUR' };
    await operator.post('/products', { body: { sku, name: `Product ${sku}`, price, stock: stockPerSku } });
  }
}

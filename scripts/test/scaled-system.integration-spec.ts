import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDir, newRedisUrl, type TestBroker, testBroker, testServers } from '@holdfast/testing';
import { LaunchedSystem } from './launched-system.js';

const SERVICES = ['api-gateway', 'orders-service', 'products-service', 'webhook-publisher'];
const ORDERS = 8;

let broker: TestBroker;
let system: LaunchedSystem | undefined;
beforeAll(async () => {
  broker = await testBroker();
});
afterAll(async () => {
  system?.signal('SIGTERM');
  await system?.exitCode;
  await broker.close();
});

it('npm start -- --scale runs two of every service on PostgreSQL, whose gateways both confirm orders', async () => {
  const dataDir = newDataDir();
  const variables = { DATA_DIR: dataDir, AMQP_URL: broker.url, REDIS_URL: newRedisUrl(), LOG_LEVEL: 'info' };
  const scale = SERVICES.flatMap((service) => ['--scale', `${service}=2`]);
  system = await LaunchedSystem.startWhole(testServers().root, variables, scale);
  await system.prints('Ctrl-C stops it.');
  const key = readFileSync(join(dataDir, 'api-keys'), 'utf8')
    .split(',')
    .find((entry) => entry.startsWith('client:'))
    ?.split(':')[2];
  const [, ...gateways] = new RegExp(`2 instances: (\\S+:${system.gatewayPort}), (\\S+)`).exec(system.output) ?? [];
  expect(gateways).toHaveLength(2);
  for (let order = 0; order < ORDERS; order += 1) {
    const gateway = gateways[order % gateways.length];
    const response = await fetch(`${gateway}/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', prefer: 'wait=10' },
      body: JSON.stringify({ productId: 'MUG-STONE', quantity: 1 }),
    });
    expect(await response.json()).toMatchObject({ status: 'CONFIRMED' });
  }
  system.signal('SIGTERM');
  expect(await system.exitCode).toBe(0);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDir, newRedisUrl, type TestBroker, testBroker, testServers, waitUntil } from '@holdfast/testing';
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
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ productId: 'MUG-STONE', quantity: 1 });
  for (let order = 0; order < ORDERS; order += 1) {
    const [placedAt, readAt] = [gateways[order % 2], gateways[(order + 1) % 2]];
    const placed = await fetch(`${placedAt}/orders`, { method: 'POST', headers, body });
    const { id } = (await placed.json()) as { id: string };
    await waitUntil(`order ${id} is confirmed`, async () => {
      const { status } = (await (await fetch(`${readAt}/orders/${id}`, { headers })).json()) as { status: string };
      return status === 'CONFIRMED';
    });
  }
  system.signal('SIGTERM');
  expect(await system.exitCode).toBe(0);
});

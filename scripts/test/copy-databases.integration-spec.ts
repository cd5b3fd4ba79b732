import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  newDataDir,
  newRedisUrl,
  type ServiceProcess,
  startService,
  type TestBroker,
  type TestPostgres,
  testBroker,
  testPostgres,
  testServers,
} from '@holdfast/testing';

const services = ['orders', 'products', 'webhooks'] as const;

let broker: TestBroker;
let postgres: TestPostgres;
let dataDir: string;
const running: ServiceProcess[] = [];

beforeAll(async () => {
  broker = await testBroker();
  postgres = await testPostgres();
  dataDir = newDataDir();
  // Three schemas of one database do as well as three databases.
  const client = await postgres.connect();
  for (const service of services) await client.query(`CREATE SCHEMA ${service}`);
  for (const name of ['orders-service', 'webhook-publisher', 'products-service'] as const) {
    running.push(await startService(name, await environment()));
  }
});
afterAll(async () => {
  for (const service of running) await service.kill9();
  await postgres.close();
  await broker.close();
});

const environment = async (): Promise<Record<string, string>> => ({
  AMQP_URL: broker.url,
  REDIS_URL: newRedisUrl(),
  DATA_DIR: dataDir,
  WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
});

/** `npm run db:copy` without its groundwork. */
async function copy(...args: string[]): Promise<{ code: number | null; output: string }> {
  const program = join(testServers().root, 'scripts/dist/copy-databases/main.js');
  const to = `${postgres.url}?options=-csearch_path%3D{service}`;
  const child = spawn(process.execPath, [program, '--to', to, ...args], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, output };
}

async function tablesBySchema(): Promise<Record<string, number>> {
  const client = await postgres.connect();
  const { rows } = await client.query<{ schema: string; tables: number }>(
    'SELECT schemaname AS schema, count(*)::int AS tables FROM pg_tables WHERE schemaname = ANY ($1) GROUP BY 1',
    [services],
  );
  return Object.fromEntries(rows.map(({ schema, tables }) => [schema, tables]));
}

it('npm run db:copy copies none while one cannot be, and then all, each into its own place', async () => {
  const [orders, webhooks, products] = running;
  await orders?.stop();
  await webhooks?.stop();
  const refused = await copy();
  expect(refused).toEqual({
    code: 1,
    output: expect.stringMatching(/products: Another process has .*products\.db open/),
  });
  expect(refused.output).toMatch(/orders: .* can be copied/);
  expect(await tablesBySchema()).toEqual({});

  await products?.stop();
  const checked = await copy('--check');
  expect([checked.code, checked.output]).toEqual([0, expect.stringMatching(/webhooks: .* can be copied/)]);
  expect(await tablesBySchema()).toEqual({});

  const done = await copy();
  expect([done.code, done.output]).toEqual([0, expect.stringMatching(/webhooks: copied in/)]);
  expect(Object.keys(await tablesBySchema()).sort()).toEqual([...services]);

  expect(await copy('--service', 'orders')).toEqual({
    code: 1,
    output: expect.stringMatching(/orders: .* is not empty/),
  });
});

it('says how it is used', async () => {
  const { code, output } = await copy('--service', 'gateway');
  expect([code, output]).toEqual([
    1,
    expect.stringMatching(/--service is one of orders, products, webhooks.\n\nnpm run db:copy/),
  ]);
});

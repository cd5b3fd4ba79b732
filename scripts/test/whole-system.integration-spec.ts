import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDir, newRedisUrl, type TestBroker, testBroker, testServers, waitUntil } from '@holdfast/testing';
import Database from 'better-sqlite3';
import { LaunchedSystem } from './launched-system.js';

const ORDER_EVENTS = ['order.created', 'product.stockReserved', 'order.confirmed'];

let broker: TestBroker;
let dataDir: string;
let variables: Record<string, string>;

beforeAll(async () => {
  broker = await testBroker();
  dataDir = newDataDir();
  variables = { DATA_DIR: dataDir, AMQP_URL: broker.url, REDIS_URL: newRedisUrl(), LOG_LEVEL: 'info' };
});
afterAll(() => broker.close());

async function start(): Promise<LaunchedSystem> {
  const system = await LaunchedSystem.startWhole(testServers().root, variables);
  await system.prints('Ctrl-C stops it.');
  return system;
}

async function stop(system: LaunchedSystem): Promise<void> {
  system.signal('SIGTERM');
  expect(await system.exitCode).toBe(0);
}

async function ask<T>(
  system: LaunchedSystem,
  role: 'client' | 'operator',
  method: string,
  path: string,
  body?: object,
) {
  const keys = readFileSync(join(dataDir, 'api-keys'), 'utf8').trim().split(',');
  const secret = keys.find((key) => key.startsWith(role))?.split(':')[2];
  const response = await fetch(`http://127.0.0.1:${system.gatewayPort}${path}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

interface Webhook {
  id: string;
}

const webhooks = async (system: LaunchedSystem): Promise<Webhook[]> =>
  (await ask<{ data: Webhook[] }>(system, 'operator', 'GET', '/webhooks')).data;

/** Places an order and waits until the logger has stored all its events. */
async function orderIsLogged(system: LaunchedSystem): Promise<void> {
  const { id } = await ask<{ id: string }>(system, 'client', 'POST', '/orders', {
    productId: 'MUG-STONE',
    quantity: 1,
  });
  const logged = new Database(join(dataDir, 'logger.db'), { readonly: true });
  try {
    const types = logged.prepare('SELECT type FROM webhook_events WHERE order_id = ? ORDER BY sequence').pluck();
    await waitUntil(
      'the logger has stored the events of the order',
      () => types.all(id).length === ORDER_EVENTS.length,
    );
    expect(types.all(id)).toEqual(ORDER_EVENTS);
  } finally {
    logged.close();
  }
}

function runDemo(system: LaunchedSystem): Promise<{ code: number | null; output: string }> {
  const demo = join(testServers().root, 'scripts', 'dist', 'demo', 'main.js');
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir, GATEWAY_PORT: String(system.gatewayPort) };
  const child = spawn(process.execPath, [demo], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

function registered(name: string): { webhookId: string; secret: string } {
  return JSON.parse(readFileSync(join(dataDir, 'subscriptions', `${name}.json`), 'utf8'));
}

describe('npm start', () => {
  let system: LaunchedSystem;
  beforeAll(async () => {
    system = await start();
  });

  it('keeps what it makes for its owner only, and says none of it', () => {
    const kept = ['webhook-encryption-key', 'subscriptions/logger.json', 'subscriptions/notifier.json'];
    expect(kept.map((file) => statSync(join(dataDir, file)).mode & 0o077)).toEqual([0, 0, 0]);
    const key = readFileSync(join(dataDir, 'webhook-encryption-key'), 'utf8').trim();
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    for (const secret of [key, registered('logger').secret, registered('notifier').secret]) {
      expect(system.output).not.toContain(secret);
    }
  });

  it('runs the functions, which get the callbacks of an order', async () => {
    expect(system.output).toContain(`stores every event in ${join(dataDir, 'logger.db')}`);
    expect(system.output).toContain('because TELEGRAM_BOT_TOKEN is not set');
    await orderIsLogged(system);
    await system.prints('is confirmed: 1 × Stoneware mug');
  });

  it('can be shown by npm run demo, which leaves no webhook behind', async () => {
    const { code, output } = await runDemo(system);
    expect(output).toMatch(/order\.rejected .* answered 200 {2}OUT_OF_STOCK$/m);
    expect(output).toMatch(/product\.stockReleased .* signature ok {2}answered 200$/m);
    expect(output).toMatch(/order\.created .* attempt 3 {2}signature ok {2}answered 200/);
    expect(output).toMatch(/^ {4}attempt 2 .* 500 .*\n {4}attempt 3 .* 200 /m);
    expect(output.trim().split('\n').at(-1)).toMatch(/^Seen: \d+ callbacks of 5 orders, .* is deleted\.$/);
    expect(code).toBe(0);
    expect((await ask<{ data: Webhook[] }>(system, 'client', 'GET', '/webhooks')).data).toEqual([]);
  });

  it('is what npm run demo asks for where nothing runs', async () => {
    await stop(system);
    const { code, output } = await runDemo(system);
    expect(output.trim()).toBe(
      `Nothing answers at http://127.0.0.1:${system.gatewayPort}: start the system with "npm start" in another terminal, then try again.`,
    );
    expect(code).toBe(1);
  });

  it('subscribes nobody twice, and follows who listens on another port now', async () => {
    const before = [registered('logger'), registered('notifier')];
    const again = await start();
    expect([registered('logger'), registered('notifier')]).toEqual(before);
    const ids = (await webhooks(again)).map(({ id }) => id);
    expect(ids.sort()).toEqual(before.map(({ webhookId }) => webhookId).sort());
    await orderIsLogged(again);
    for (const id of ids) await ask(again, 'operator', 'DELETE', `/webhooks/${id}`);
    await stop(again);
  });

  it('subscribes anew who is not subscribed any more', async () => {
    const before = registered('logger');
    const anew = await start();
    expect(registered('logger').webhookId).not.toBe(before.webhookId);
    expect(await webhooks(anew)).toHaveLength(2);
    await orderIsLogged(anew);
    await stop(anew);
  });
});

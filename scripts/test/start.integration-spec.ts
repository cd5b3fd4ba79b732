import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, identityOf, RabbitmqServer, RedisServer, startRabbitmq, startRedis } from '@holdfast/local-servers';
import { provideApiKeys } from '../src/start/api-keys.js';
import { LaunchedSystem, writeStandIns } from './launched-system.js';

const root = mkdtempSync(join(tmpdir(), 'holdfast-start-'));
let broker: RabbitmqServer;
let redis: RedisServer;

beforeAll(async () => {
  writeStandIns(root);
  broker = await startRabbitmq({ dataDir: join(root, 'broker') });
  redis = await startRedis({ dataDir: join(root, 'redis') });
});
afterAll(async () => {
  await Promise.all([broker.kill(), redis.kill()]);
  rmSync(root, { recursive: true, force: true });
});

function start(
  dataDir: string,
  variables: Record<string, string> = {},
  argv: readonly string[] = [],
): Promise<LaunchedSystem> {
  const urls = { AMQP_URL: broker.url, REDIS_URL: redis.url };
  return LaunchedSystem.start(root, { DATA_DIR: join(root, dataDir), ...urls, ...variables }, argv);
}

function pidOf(dataDir: string, part: string): number {
  return (JSON.parse(readFileSync(join(root, dataDir, 'run', `${part}.json`), 'utf8')) as { pid: number }).pid;
}

describe('the launcher', () => {
  it('starts the parts, seeds once, says what a person needs, and stops everything', async () => {
    const first = await start('whole');
    await first.prints('Ctrl-C stops it.');
    const keys = readFileSync(join(root, 'whole', 'api-keys'), 'utf8').trim();
    expect(statSync(join(root, 'whole', 'api-keys')).mode & 0o077).toBe(0);
    for (const key of keys.split(',')) expect(first.output).toContain(key.split(':')[2]);
    expect(first.output).toContain(`curl -sS http://127.0.0.1:${first.gatewayPort}/orders`);
    expect(first.output).toMatch(/gateway +INFO +request +method=POST +url=\/products/);
    expect(first.output).not.toContain(broker.password);
    const pids = ['orders', 'gateway'].map((part) => pidOf('whole', part));
    first.signal('SIGTERM');
    expect(await first.exitCode).toBe(0);
    expect(pids.map(identityOf)).toEqual([undefined, undefined]);
    expect(identityOf(broker.pid)).toBeDefined();

    const second = await start('whole');
    await second.prints('Ctrl-C stops it.');
    expect(second.output).toContain(keys.split(':')[2]?.split(',')[0]);
    expect(second.output).not.toContain('/products');
    second.signal('SIGINT');
    expect(await second.exitCode).toBe(0);
  });

  it('gives a part no secret that is not its own', async () => {
    const system = await start('secrets', {
      ORDERS_DATABASE_URL: 'postgres://x',
      API_KEYS: 'operator:ops:given-secret',
    });
    await system.prints('Ctrl-C stops it.');
    const names = (part: string) =>
      new RegExp(`${part} +INFO +environment +names=(\\S+)`).exec(system.output)?.[1]?.split(',');
    expect(names('orders')).toEqual(
      expect.arrayContaining(['ORDERS_DATABASE_URL', 'AMQP_URL', 'REDIS_URL', 'DATA_DIR']),
    );
    expect(names('orders')).not.toContain('API_KEYS');
    expect(names('gateway')).toContain('API_KEYS');
    expect(names('gateway')).not.toContain('ORDERS_DATABASE_URL');
    expect(system.output).not.toContain('given-secret');
    system.signal('SIGTERM');
    await system.exitCode;
  });

  it('keeps the secrets that it makes, and has only their hashes for the gateway', () => {
    const dataDir = mkdtempSync(join(root, 'keys-'));
    const made = provideApiKeys({}, dataDir);
    expect(made.keys.map(({ role }) => role)).toEqual(['client', 'operator']);
    expect(made.value).toMatch(/^client:demo-shop:sha256:[0-9a-f]{64},operator:ops:sha256:[0-9a-f]{64}$/);
    expect(provideApiKeys({}, dataDir)).toEqual(made);
  });

  it('starts a part again that dies', async () => {
    const system = await start('restart');
    await system.prints('Ctrl-C stops it.');
    const pid = pidOf('restart', 'orders');
    process.kill(pid, 'SIGKILL');
    await system.prints('orders ended (signal SIGKILL)');
    await system.prints('orders is ready again');
    expect(pidOf('restart', 'orders')).not.toBe(pid);
    system.signal('SIGTERM');
    expect(await system.exitCode).toBe(0);
  });

  it('names the part that does not come up, with its last lines', async () => {
    const system = await start('refusing', { REFUSES_TO_START: 'ORDERS_PORT' });
    expect(await system.exitCode).toBe(1);
    expect(system.output).toMatch(/the last lines of orders:\n.*there is no database\n/);
    expect(system.output.trim().split('\n').at(-1)).toBe(
      'orders does not start: it ended while starting (exit code 3).',
    );
  });

  it('names a port that is taken before it starts anything', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const system = await start('taken', { ORDERS_PORT: String(port) });
    expect(await system.exitCode).toBe(1);
    expect(system.output.trim()).toBe(
      `Port ${port}, which orders needs, is already in use; stop what listens there or set ORDERS_PORT to a free port.`,
    );
    other.close();
  });

  it('refuses data that another launcher runs on, and takes over from one that was killed', async () => {
    const first = await start('shared');
    await first.prints('Ctrl-C stops it.');
    const refused = await start('shared');
    expect(await refused.exitCode).toBe(1);
    expect(refused.output.trim()).toMatch(/^A system with this data already runs \(process \d+, .*shared\)/);

    const left = pidOf('shared', 'orders');
    first.signal('SIGKILL');
    await first.exitCode;
    const next = await start('shared');
    await next.prints('Ctrl-C stops it.');
    expect(identityOf(left)).toBeUndefined();
    next.signal('SIGTERM');
    expect(await next.exitCode).toBe(0);
  });

  it('says which server does not answer', async () => {
    const port = await freePort();
    const system = await start('unreachable', { REDIS_URL: `redis://127.0.0.1:${port}` });
    expect(await system.exitCode).toBe(1);
    expect(system.output).toContain(`Redis does not answer at 127.0.0.1:${port}, which REDIS_URL names.`);
  });

  it('says which nodes of a RabbitMQ cluster do not answer, and goes on where one does', async () => {
    const dead = `amqp://user:s3cret@127.0.0.1:${await freePort()}/`;
    const refused = await start('no-node', { AMQP_URL: `${dead},${dead}` });
    expect(await refused.exitCode).toBe(1);
    const { host } = new URL(dead);
    expect(refused.output).toContain(`RabbitMQ does not answer at ${host}, ${host}, which AMQP_URL names.`);
    expect(refused.output).not.toContain('s3cret');
    const mistyped = await start('no-url', { AMQP_URL: `${broker.url},nowhere` });
    expect(await mistyped.exitCode).toBe(1);
    expect(mistyped.output).toContain('URL 2 of 2 in AMQP_URL is not a URL.');

    const system = await start('one-node', { AMQP_URL: `${dead},${broker.url}` });
    await system.prints('Ctrl-C stops it.');
    system.signal('SIGTERM');
    expect(await system.exitCode).toBe(0);
  });

  it('starts RabbitMQ and Redis itself where nothing listens and no Docker engine answers, and stops them', async () => {
    const bin = join(root, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'docker'), '#!/bin/sh\nexit 1\n');
    chmodSync(join(bin, 'docker'), 0o755);
    const ports = { AMQP_PORT: await freePort(), MANAGEMENT_PORT: await freePort(), REDIS_PORT: await freePort() };
    const texts = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
    const variables = { DATA_DIR: join(root, 'own-servers'), PATH: `${bin}:${process.env.PATH}`, ...texts };
    const system = await LaunchedSystem.start(root, variables);
    await system.prints('Ctrl-C stops it.');
    expect(system.output).toContain(`http://127.0.0.1:${ports.MANAGEMENT_PORT}  (login holdfast / `);
    const records = ['rabbitmq/rabbitmq', 'redis/redis'].map((name) =>
      join(root, 'own-servers', `${name}.process.json`),
    );
    const pids = records.map((file) => (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid);
    expect(pids.map((pid) => identityOf(pid) !== undefined)).toEqual([true, true]);
    system.signal('SIGTERM');
    expect(await system.exitCode).toBe(0);
    expect(pids.map(identityOf)).toEqual([undefined, undefined]);
  });
});

describe('several instances of a service', () => {
  const scaled = (variables: Record<string, string> = {}) =>
    start('scaled', { POSTGRES_PORT: postgresPort, ...variables }, ['--scale', 'orders=2', '--scale', 'gateway=2']);
  let postgresPort: string;

  beforeAll(async () => {
    postgresPort = String(await freePort());
  });

  it('run on a PostgreSQL that is started for them, each known by its name, and started again by itself', async () => {
    const system = await scaled();
    await system.prints('Ctrl-C stops it.');
    expect(system.output).toMatch(/^ {2}orders +2 instances: http:\/\/127\.0\.0\.1:\d+, http:\/\/127\.0\.0\.1:\d+$/m);
    expect(system.output).toMatch(/^ {2}gateway +2 instances: /m);
    expect(system.output).toMatch(/orders\.2 +INFO +environment +names=\S*ORDERS_DATABASE_URL/);
    const url = /ORDERS_DATABASE_URL +(\S+)/.exec(system.output)?.[1] ?? '';
    expect(url).toMatch(new RegExp(`^postgres://holdfast:\\w+@127\\.0\\.0\\.1:${postgresPort}/orders$`));
    const pid = pidOf('scaled', 'orders.2');
    process.kill(pid, 'SIGKILL');
    await system.prints('orders 2 ended (signal SIGKILL)');
    await system.prints('orders 2 is ready again');
    const pids = ['orders', 'orders.2', 'gateway', 'gateway.2'].map((part) => pidOf('scaled', part));
    system.signal('SIGTERM');
    expect(await system.exitCode).toBe(0);
    expect(pids.map(identityOf)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('leave their data where the next start finds it, be it for one instance, and nothing running', async () => {
    const killed = await scaled();
    await killed.prints('Ctrl-C stops it.');
    const left = pidOf('scaled', 'orders.2');
    killed.signal('SIGKILL');
    await killed.exitCode;
    const one = await start('scaled', { POSTGRES_PORT: postgresPort });
    await one.prints('Ctrl-C stops it.');
    expect(identityOf(left)).toBeUndefined();
    expect(one.output).toMatch(new RegExp(`ORDERS_DATABASE_URL +postgres://\\S+:${postgresPort}/orders`));
    expect(one.output).not.toContain('orders.2');
    one.signal('SIGTERM');
    expect(await one.exitCode).toBe(0);
  });

  it('are refused where their data is in a SQLite file', async () => {
    mkdirSync(join(root, 'sqlite'));
    writeFileSync(join(root, 'sqlite', 'orders.db'), '');
    const refused = await start('sqlite', {}, ['--scale', 'orders=2']);
    expect(await refused.exitCode).toBe(1);
    expect(refused.output.trim()).toMatch(
      /^orders has its data in \S+orders\.db, .*"npm run db:copy -- --service orders --to/,
    );
  });
});

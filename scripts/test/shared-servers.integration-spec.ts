import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  answersPing,
  becomesTrue,
  findRedisServer,
  freePort,
  RabbitmqServer,
  ServerProcess,
  startRabbitmq,
} from '@holdfast/local-servers';
import { tryAmqpLogin } from '../src/servers/amqp-login.js';
import { claimRedisDatabase } from '../src/servers/redis-database.js';

const root = mkdtempSync(join(tmpdir(), 'holdfast-shared-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a login to a RabbitMQ', () => {
  let broker: RabbitmqServer;
  beforeAll(async () => {
    broker = await startRabbitmq({ dataDir: join(root, 'broker') });
  });
  afterAll(() => broker.kill());

  it('is told apart from a refused one, and from nothing that listens', async () => {
    expect(await tryAmqpLogin(broker.amqpPort, broker.user, broker.password)).toBe('accepted');
    expect(await tryAmqpLogin(broker.amqpPort, 'guest', 'guest')).toBe('refused');
    expect(await tryAmqpLogin(broker.managementPort, 'guest', 'guest')).toBe('refused');
    expect(await tryAmqpLogin(await freePort(), 'guest', 'guest')).toBe('nothing');
  });
});

describe('a Redis that several systems share', () => {
  let port: number;
  let redis: ServerProcess;
  beforeAll(async () => {
    port = await freePort();
    redis = await ServerProcess.spawn({
      command: findRedisServer() ?? 'redis-server',
      args: ['--port', String(port), '--bind', '127.0.0.1', '--save', ''],
      env: process.env,
      cwd: root,
      recordFile: join(root, 'redis.json'),
    });
    await becomesTrue(() => answersPing(port), { timeoutMs: 60_000 });
  });
  afterAll(() => redis.kill());

  it('has a database for each, the same again at the next start, and none for a sixteenth', async () => {
    expect(await claimRedisDatabase(port, 'first')).toBe(1);
    expect(await claimRedisDatabase(port, 'second')).toBe(2);
    expect(await claimRedisDatabase(port, 'first')).toBe(1);
    for (let database = 3; database <= 15; database += 1) {
      expect(await claimRedisDatabase(port, `system-${database}`)).toBe(database);
    }
    expect(await claimRedisDatabase(port, 'sixteenth')).toBeUndefined();
  });
});

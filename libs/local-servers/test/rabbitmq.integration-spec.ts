import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createVhost,
  deleteVhost,
  freePort,
  managementRequest,
  type RabbitmqServer,
  speaksAmqp,
  startRabbitmq,
} from '../src/index.js';
import { becomesTrue } from '../src/poll.js';
import { identityOf } from '../src/process-identity.js';
import { groupIsGone, spawnOwner } from './server-owner.js';

/** What ends or comes takes a moment; on a machine that is busy with other tests, a while. */
const SOON = { timeoutMs: 60_000 };

const root = mkdtempSync(join(tmpdir(), 'holdfast local servers '));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/**
 * RabbitMQ 3.10 writes the Raft group of a new quorum queue to disk up to a second after it confirmed the declaration.
 * Killed before that, the queue finds no leader at the next start and answers nobody.
 */
function isRegisteredOnDisk(server: RabbitmqServer, queue: string): boolean {
  const folder = join(server.dataDir, 'data', server.nodeName, 'quorum', server.nodeName);
  const groupId = `2F_${queue.slice(4, 7).toUpperCase()}`;
  return (
    readFileSync(join(folder, 'names.dets'), 'latin1').includes(queue) &&
    readFileSync(join(folder, 'meta.dets'), 'latin1').includes(groupId)
  );
}

describe('a private RabbitMQ', () => {
  let server: RabbitmqServer;

  beforeAll(async () => {
    server = await startRabbitmq({ dataDir: join(root, 'broker') });
  });
  afterAll(() => server.kill());
  const login = () => ({ user: server.user, password: server.password });

  it('speaks AMQP and answers its management API, on one loopback address only', async () => {
    expect(await speaksAmqp(server.amqpPort)).toBe(true);
    expect(await managementRequest(server, 'GET', '/api/overview')).toMatchObject({ status: 200 });
    const elsewhere = `http://127.0.0.2:${server.managementPort}`;
    await expect(managementRequest({ ...login(), managementUrl: elsewhere }, 'GET', '/')).rejects.toThrow();
    expect(await speaksAmqp(server.amqpPort, '127.0.0.2')).toBe(false);
  });

  it('keeps its login where only its owner can read it', () => {
    expect(statSync(join(root, 'broker', 'identity.json')).mode & 0o077).toBe(0);
    expect(statSync(join(root, 'broker', 'rabbitmq.conf')).mode & 0o077).toBe(0);
    expect(readFileSync(join(root, 'broker', 'identity.json'), 'utf8')).toContain(server.password);
  });

  it('gives a test a virtual host of its own', async () => {
    const url = new URL(await createVhost(server, 'one test/é'));
    expect(url.port).toBe(String(server.amqpPort));
    expect(decodeURIComponent(url.pathname)).toBe('/one test/é');
    const vhost = encodeURIComponent('one test/é');
    expect(await managementRequest(server, 'GET', `/api/aliveness-test/${vhost}`)).toMatchObject({ status: 200 });
    await deleteVhost(server, 'one test/é');
    expect(await managementRequest(server, 'GET', `/api/vhosts/${vhost}`)).toMatchObject({ status: 404 });
    await expect(deleteVhost(server, 'one test/é')).resolves.toBeUndefined();
  });

  it('refuses a second server on the same data', async () => {
    await expect(startRabbitmq({ dataDir: join(root, 'broker') })).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
  });

  it('keeps queues and messages over kill -9', async () => {
    const queue = '/api/queues/%2F/kept';
    const quorum = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
    expect(await managementRequest(server, 'PUT', queue, { body: quorum })).toMatchObject({ status: 201 });
    const message = { properties: { delivery_mode: 2 }, routing_key: 'kept', payload: 'x', payload_encoding: 'string' };
    await managementRequest(server, 'POST', '/api/exchanges/%2F/amq.default/publish', { body: message });
    expect(await becomesTrue(() => isRegisteredOnDisk(server, '%2F_kept'), SOON)).toBe(true);

    const { pid } = server;
    await server.kill();
    expect(identityOf(pid)).toBeUndefined();
    expect(await becomesTrue(() => groupIsGone(pid), SOON)).toBe(true);
    expect(await speaksAmqp(server.amqpPort)).toBe(false);
    await server.restart();

    expect(server.pid).not.toBe(pid);
    const get = { count: 1, ackmode: 'ack_requeue_true', encoding: 'auto' };
    const isThere = async () =>
      (await managementRequest(server, 'POST', `${queue}/get`, { body: get })).body.includes('"payload":"x"');
    expect(await becomesTrue(isThere, SOON)).toBe(true);
  });

  it('runs rabbitmqctl against itself', async () => {
    expect(await server.ctl('list_users')).toContain('administrator');
    await expect(server.ctl('no-such-command')).rejects.toMatchObject({ code: 'REQUEST_FAILED' });
  });
});

describe('starting RabbitMQ', () => {
  it('names the port that is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const start = startRabbitmq({ dataDir: join(root, 'port-taken'), amqpPort: port });
    await expect(start).rejects.toMatchObject({ code: 'PORT_TAKEN', message: expect.stringContaining(String(port)) });
    other.close();
  });

  it('ends with its owner, even one that was killed', async () => {
    const owner = await spawnOwner('startRabbitmq', join(root, 'guarded'));
    await owner.kill();
    expect(await becomesTrue(() => groupIsGone(owner.serverPid), SOON)).toBe(true);
  });

  it('stops what a killed owner left behind, and starts again on the same data', async () => {
    const dataDir = join(root, 'orphan');
    const owner = await spawnOwner('startRabbitmq', dataDir);
    await owner.kill();
    const server = await startRabbitmq({ dataDir });
    expect(await becomesTrue(() => groupIsGone(owner.serverPid), SOON)).toBe(true);
    expect(server.pid).not.toBe(owner.serverPid);
    await server.kill();
  });
});

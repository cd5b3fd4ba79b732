import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answersPing, freePort, type RedisServer, startRedis } from '../src/index.js';
import { becomesTrue } from '../src/poll.js';
import { groupIsGone, spawnOwner } from './server-owner.js';

const root = mkdtempSync(join(tmpdir(), 'holdfast local servers '));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function command(server: RedisServer, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write(`AUTH ${server.password}\r\n${line}\r\nQUIT\r\n`),
    );
    socket.once('error', reject);
    socket.on('data', (data) => {
      answer += data.toString();
    });
    socket.once('close', () => resolve(answer.slice('+OK\r\n'.length, -'+OK\r\n'.length).trim()));
  });
}

describe('a private Redis', () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedis({ dataDir: join(root, 'redis') });
  });
  afterAll(() => server.stop());

  it('persists by append-only file', async () => {
    expect(await command(server, 'CONFIG GET appendonly')).toContain('yes');
    expect(await command(server, 'CONFIG GET appendfsync')).toContain('everysec');
  });

  it('lets nobody in without its password', async () => {
    expect(await answersPing(server.port)).toBe(false);
    expect(await answersPing(server.port, { password: 'guess' })).toBe(false);
    expect(await answersPing(server.port, { password: server.password })).toBe(true);
  });

  it('keeps its keys over a stop and over a kill', async () => {
    expect(await command(server, 'SET colour green')).toBe('+OK');
    await server.stop();
    await server.restart();
    expect(await command(server, 'GET colour')).toContain('green');
    await server.kill();
    await server.restart();
    expect(await command(server, 'GET colour')).toContain('green');
  });

  it('refuses a second server on the same data', async () => {
    await expect(startRedis({ dataDir: join(root, 'redis') })).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
  });
});

describe('starting Redis', () => {
  it('names the port that is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const start = startRedis({ dataDir: join(root, 'port-taken'), port });
    await expect(start).rejects.toMatchObject({ code: 'PORT_TAKEN', message: expect.stringContaining(String(port)) });
    other.close();
  });

  it('ends with its owner, even one that was killed', async () => {
    const owner = await spawnOwner('startRedis', join(root, 'orphan'));
    await owner.kill();
    expect(await becomesTrue(() => groupIsGone(owner.serverPid), { timeoutMs: 60_000 })).toBe(true);
  });
});

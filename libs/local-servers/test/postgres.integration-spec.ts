import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort, type PostgresServer, startPostgres } from '../src/index.js';
import { becomesTrue } from '../src/poll.js';
import { groupIsGone, spawnOwner } from './server-owner.js';

const root = mkdtempSync(join(tmpdir(), 'holdfast local servers '));
// Where we are root the server runs as somebody else, who has to come through.
chmodSync(root, 0o711);
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a private PostgreSQL', () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres({ dataDir: join(root, 'postgres') });
  });
  afterAll(() => server.stop());

  it.each([
    ['fsync', 'on'],
    ['synchronous_commit', 'on'],
    ['full_page_writes', 'on'],
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', ''],
    ['server_encoding', 'UTF8'],
    ['lc_collate', 'C'],
  ])('runs with %s = %j', async (setting, value) => {
    const sql =
      setting === 'lc_collate'
        ? 'SELECT datcollate AS value FROM pg_database WHERE datname = current_database()'
        : `SELECT current_setting('${setting}') AS value`;
    expect(await ask(server.url, sql)).toEqual([{ value }]);
  });

  it('lets nobody in without its password', async () => {
    const url = new URL(server.url);
    url.password = 'guess';
    await expect(ask(url.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('keeps what is committed over a stop and over a kill, whoever is connected', async () => {
    await ask(server.url, 'CREATE TABLE colours (name TEXT)');
    await ask(server.url, "INSERT INTO colours VALUES ('green')");
    const other = new Client({ connectionString: server.url });
    other.on('error', () => undefined);
    await other.connect();
    await server.stop();
    await server.restart();
    await ask(server.url, "INSERT INTO colours VALUES ('red')");
    await server.kill();
    await server.restart();
    expect(await ask(server.url, 'SELECT name FROM colours ORDER BY name')).toEqual([
      { name: 'green' },
      { name: 'red' },
    ]);
  });

  it('has room for databases beside its own, which it makes once', async () => {
    await server.createDatabase('notes');
    await ask(server.urlOf('notes'), 'CREATE TABLE kept (id INTEGER)');
    await server.createDatabase('notes');
    expect(await ask(server.urlOf('notes'), 'SELECT * FROM kept')).toEqual([]);
    expect(await ask(server.urlOf('notes'), 'SELECT current_database() AS name')).toEqual([{ name: 'notes' }]);
  });

  it('refuses a second server on the same data', async () => {
    await expect(startPostgres({ dataDir: join(root, 'postgres') })).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
  });
});

describe('starting PostgreSQL', () => {
  it('names the port that is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const start = startPostgres({ dataDir: join(root, 'port-taken'), port });
    await expect(start).rejects.toMatchObject({ code: 'PORT_TAKEN', message: expect.stringContaining(String(port)) });
    other.close();
  });

  it('ends with its owner, even one that was killed', async () => {
    const owner = await spawnOwner('startPostgres', join(root, 'orphan'));
    await owner.kill();
    expect(await becomesTrue(() => groupIsGone(owner.serverPid), { timeoutMs: 60_000 })).toBe(true);
  });
});

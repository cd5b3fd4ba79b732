import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { testServers } from './servers.js';

/** A database of its own on the run's PostgreSQL. */
export interface TestPostgres {
  url: string;
  /** A connection beside the service's own, as an administrator has one. It is closed with the database. */
  connect(): Promise<pg.Client>;
  /** Ends every connection to the database, as a failover does. */
  cutConnections(): Promise<void>;
  /** Drops the database, whoever is connected. */
  close(): Promise<void>;
}

/** A new empty database. */
export async function testPostgres(): Promise<TestPostgres> {
  const server = testServers().postgresUrl;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = await connected(server);
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const clients: pg.Client[] = [];
  return {
    url: url.href,
    connect: async () => {
      const client = await connected(url.href);
      clients.push(client);
      return client;
    },
    cutConnections: async () => {
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()));
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'test' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

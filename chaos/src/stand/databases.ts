import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@holdfast/local-servers';
import { type Dialect } from '@holdfast/platform';
import pg from 'pg';

/** Who owns a database. */
export type Owner = 'orders' | 'products' | 'webhooks';

export const OWNERS: readonly Owner[] = ['orders', 'products', 'webhooks'];

/** Where the three databases are: files in one folder, or databases of one server. */
export interface Databases {
  dialect: Dialect;
  /** The PostgreSQL server, if it is one. */
  server: PostgresServer | undefined;
  /** A file's path, or postgres://…, past every line that a fault breaks. */
  locationOf(owner: Owner): string;
  close(): Promise<void>;
}

/** @param folder holds the data; made by whoever calls. */
export async function openDatabases(dialect: Dialect, folder: string): Promise<Databases> {
  if (dialect === 'sqlite') {
    return {
      ...{ dialect, server: undefined },
      locationOf: (owner) => join(folder, `${owner}.db`),
      close: async () => undefined,
    };
  }
  const server = await startPostgres({ dataDir: join(folder, 'postgres') });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  for (const owner of OWNERS) await admin.query(`CREATE DATABASE ${owner}`);
  await admin.end();
  return { dialect, server, locationOf: (owner) => server.urlOf(owner), close: () => server.kill() };
}

import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
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
  /** Copies what has been closed to another folder, which is made: the files, or the server's data directory. */
  copyTo(target: string): Promise<void>;
}

/** @param folder holds the data; made by whoever calls. */
export async function openDatabases(dialect: Dialect, folder: string): Promise<Databases> {
  if (dialect === 'sqlite') {
    return {
      ...{ dialect, server: undefined },
      locationOf: (owner) => join(folder, `${owner}.db`),
      close: async () => undefined,
      copyTo: async (target) => copyFiles(folder, target),
    };
  }
  const server = await startPostgres({ dataDir: join(folder, 'postgres') });
  const locationOf = (owner: Owner) => server.urlOf(owner);
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  for (const owner of OWNERS) await admin.query(`CREATE DATABASE ${owner}`);
  await admin.end();
  return { dialect, server, locationOf, close: () => server.stop(), copyTo: (target) => copyCluster(server, target) };
}

/** With their logs, which hold what a killed process has committed last. */
function copyFiles(folder: string, target: string): void {
  mkdirSync(target, { recursive: true });
  const names = readdirSync(folder).filter((name) => name.includes('.db'));
  for (const name of names) copyFileSync(join(folder, name), join(target, name));
}

/** With its owner, the only one as whom PostgreSQL starts on it, and with its password beside it. */
async function copyCluster({ dataDir, folder }: PostgresServer, target: string): Promise<void> {
  const run = promisify(execFile);
  mkdirSync(target, { recursive: true, mode: 0o711 });
  const copied = join(target, 'postgres');
  await run('cp', ['-a', dataDir, copied]);
  if (folder !== join(dataDir, 'cluster')) await run('cp', ['-a', folder, join(copied, 'cluster')]);
}

import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startPostgres } from '@holdfast/local-servers';
import { Teardown } from '../processes/teardown.js';
import { WatchedDatabase, watchDatabase } from './watched-database.js';

const DATABASES_OF_SERVICES = ['orders', 'products', 'webhooks'] as const;

/** A database for each service. */
export type DatabaseUrls = Record<(typeof DATABASES_OF_SERVICES)[number], string>;

/** One PostgreSQL with a database for each service, as it comes: every commit is synced. */
export class PrivatePostgres {
  private constructor(
    readonly urls: DatabaseUrls,
    /** Of the server's first process, whose children the others are. */
    readonly pid: number,
    private readonly server: WatchedDatabase,
  ) {}

  /** Starts it; it is stopped, and its data removed, through `teardown`. */
  static async start(dataDir: string, teardown: Teardown): Promise<PrivatePostgres> {
    const server = await startPostgres({ dataDir: join(dataDir, 'postgres') });
    teardown.defer('PostgreSQL', async () => {
      await server.stop();
      // Where root's folders are closed to the server's user, its data is not in ours.
      rmSync(dirname(server.folder), { recursive: true, force: true });
    });
    for (const name of DATABASES_OF_SERVICES) await server.createDatabase(name);
    const watched = await watchDatabase({ dialect: 'postgres', url: server.url });
    teardown.defer('the connection to PostgreSQL', () => watched.close());
    const urls = Object.fromEntries(DATABASES_OF_SERVICES.map((name) => [name, server.urlOf(name)])) as DatabaseUrls;
    return new PrivatePostgres(urls, server.pid, watched);
  }

  /** Bytes of write-ahead log since it was initialised, of all databases. */
  walBytes(): Promise<number> {
    return this.server.number(`SELECT pg_current_wal_lsn() - '0/0'::pg_lsn`);
  }
}

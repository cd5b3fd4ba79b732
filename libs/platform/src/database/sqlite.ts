import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Database } from 'better-sqlite3';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { SqliteTransaction } from './sqlite-transaction.js';
import { SqliteUnitOfWork, type UnitOfWorkMetrics } from './sqlite-unit-of-work.js';

export interface SqliteOptions {
  /** Path of the database file; its folder is made. */
  file: string;
  entities: NonNullable<DataSourceOptions['entities']>;
  migrations: NonNullable<DataSourceOptions['migrations']>;
}

/** An open SQLite database: one connection that writes, through the unit of work, and one that only reads. */
export interface SqliteDatabase {
  unitOfWork: SqliteUnitOfWork;
  /** Read-only, for queries and entities. It never waits behind a write (WAL) and never sees one that is not committed. */
  reads: DataSource;
  close(): Promise<void>;
}

// The wait blocks the event loop, and with it the broker's heartbeats (hazard of better-sqlite3); the unit of work waits
// on top of it without blocking.
const BUSY_TIMEOUT_MS = 100;

/** Opens the file, brings its schema up to date and returns its two connections. */
export async function openSqlite(options: SqliteOptions, metrics: UnitOfWorkMetrics): Promise<SqliteDatabase> {
  mkdirSync(dirname(options.file), { recursive: true });
  let connection: Database | undefined;
  const writes = new DataSource({
    type: 'better-sqlite3',
    database: options.file,
    timeout: BUSY_TIMEOUT_MS,
    entities: options.entities,
    migrations: options.migrations,
    migrationsTransactionMode: 'each',
    prepareDatabase: (database: Database) => {
      connection = database;
      makeDurable(database);
    },
  });
  await writes.initialize();
  await writes.runMigrations();
  if (!connection) throw new Error('TypeORM opened no connection');

  const reads = new DataSource({
    type: 'better-sqlite3',
    database: options.file,
    readonly: true,
    timeout: BUSY_TIMEOUT_MS,
    entities: options.entities,
  });
  await reads.initialize();

  const unitOfWork = new SqliteUnitOfWork(new SqliteTransaction(connection), metrics);
  return {
    unitOfWork,
    reads,
    close: async () => {
      await unitOfWork.idle();
      await reads.destroy();
      await writes.destroy();
    },
  };
}

function makeDurable(database: Database): void {
  database.pragma('journal_mode = WAL');
  // WAL alone leaves NORMAL, under which a power loss may undo commits whose messages were acked already.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // Savepoints keep the pages they may have to restore; in files these would be most of what is written.
  database.pragma('temp_store = MEMORY');
  // 64 MB, where the default of 2 MB has index pages read again for every order once there are some ten thousand.
  database.pragma('cache_size = -65536');
  // Checkpoints copy the log back every 64 MB instead of every 4: a page that changes with every order is copied once in
  // thousands of them.
  database.pragma('wal_autocheckpoint = 16000');
}

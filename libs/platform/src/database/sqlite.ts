import { type Database as Connection } from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { type Database, type DatabaseOptions } from './database.js';
import { SoleProcessLock } from './process-lock.js';
import { sqliteReadFault } from './read-fault.js';
import { SqliteTransaction } from './sqlite-transaction.js';
import { SqliteUnitOfWork } from './sqlite-unit-of-work.js';
import { type UnitOfWorkMetrics } from './unit-of-work.metrics.js';

export interface SqliteOptions extends Pick<DatabaseOptions, 'entities' | 'migrations'> {
  /** Path of the database file; this process owns it. */
  file: string;
}

// The wait blocks the event loop, and with it the broker's heartbeats (hazard of better-sqlite3); the unit of work waits
// on top of it without blocking.
const BUSY_TIMEOUT_MS = 100;

/**
 * Opens the file, brings its schema up to date and returns its two connections: one that writes, through the unit of
 * work, and one that only reads and, thanks to the write-ahead log, never waits behind a write.
 */
export async function openSqlite(options: SqliteOptions, metrics: UnitOfWorkMetrics): Promise<Database> {
  let connection: Connection | undefined;
  const writes = new DataSource({
    type: 'better-sqlite3',
    database: options.file,
    timeout: BUSY_TIMEOUT_MS,
    entities: options.entities,
    migrations: options.migrations,
    migrationsTransactionMode: 'each',
    prepareDatabase: (database: Connection) => {
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
    dialect: 'sqlite',
    unitOfWork,
    onUnavailable: (listener) => unitOfWork.onUnavailable(listener),
    queries: { all: (sql, params = []) => reads.query(sql, [...params]) },
    reads,
    readFault: sqliteReadFault,
    processLock: () => new SoleProcessLock(),
    close: async () => {
      await unitOfWork.idle();
      await reads.destroy();
      await writes.destroy();
    },
  };
}

function makeDurable(database: Connection): void {
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

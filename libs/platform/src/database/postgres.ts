import pg, { type ClientConfig } from 'pg';
import { DataSource } from 'typeorm';
import { DatabaseStartError } from './database.errors.js';
import { type Database, type DatabaseOptions } from './database.js';
import { numberPlaceholders } from './placeholders.js';
import { connectionConfig, type PostgresConnectionOptions, workLimits } from './postgres-connection.js';
import { migratePostgres } from './postgres-migrations.js';
import { PostgresProcessLock } from './postgres-process-lock.js';
import { PostgresUnitOfWork } from './postgres-unit-of-work.js';
import { postgresReadFault } from './read-fault.js';
import { type UnitOfWorkMetrics } from './unit-of-work.metrics.js';

export interface PostgresOptions extends PostgresConnectionOptions, Omit<DatabaseOptions, 'location'> {}

const MAX_CONNECTIONS = 10;

/**
 * Connects, brings the schema up to date and opens two pools: one for the unit of work, and one that only reads and
 * therefore never waits for a connection that a write holds.
 *
 * @throws DatabaseStartError in one line, when the server cannot be reached, refuses, or is not fit.
 */
export async function openPostgres(options: PostgresOptions, metrics: UnitOfWorkMetrics): Promise<Database> {
  const config = connectionConfig(options);
  try {
    await migratePostgres(config, options.url, options.migrations);
    return await openPools(options, { ...config, ...workLimits }, metrics);
  } catch (error) {
    throw new DatabaseStartError(options.url, error);
  }
}

async function openPools(
  options: PostgresOptions,
  config: ClientConfig,
  metrics: UnitOfWorkMetrics,
): Promise<Database> {
  const max = options.maxConnections ?? MAX_CONNECTIONS;
  const reads = new DataSource({
    type: 'postgres',
    url: options.url,
    driver: pg,
    extra: { ...config, max, options: '-c default_transaction_read_only=on' },
    entities: options.entities,
    installExtensions: false,
    poolErrorHandler: () => undefined,
  });
  await reads.initialize();
  const writes = openPool({ ...config, max, pipeline: true });
  const unitOfWork = new PostgresUnitOfWork(writes, metrics, options.lockRows);
  const locks: PostgresProcessLock[] = [];
  return {
    dialect: 'postgres',
    unitOfWork,
    onUnavailable: (listener) => unitOfWork.onUnavailable(listener),
    queries: { all: (sql, params = []) => reads.query(numberPlaceholders(sql), [...params]) },
    reads,
    readFault: postgresReadFault,
    processLock: (name) => {
      const lock = new PostgresProcessLock(config, name);
      locks.push(lock);
      return lock;
    },
    close: async () => {
      await unitOfWork.idle();
      await Promise.all([...locks.map((lock) => lock.release()), reads.destroy(), writes.end()]);
    },
  };
}

/** A pool that survives the loss of its connections: without a listener each loss would end the process. */
function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', () => undefined);
  // The pool itself does not listen while a connection is in use; the statement that runs then fails, which is enough.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

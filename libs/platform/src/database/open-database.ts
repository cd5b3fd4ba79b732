import { type Database, type DatabaseOptions } from './database.js';
import { openPostgres } from './postgres.js';
import { openSqlite } from './sqlite.js';
import { type UnitOfWorkMetrics } from './unit-of-work.metrics.js';

/**
 * Opens a database and brings its schema up to date.
 *
 * @throws DatabaseStartError when a PostgreSQL server cannot be reached, or refuses.
 */
export function openDatabase(options: DatabaseOptions, metrics: UnitOfWorkMetrics): Promise<Database> {
  const { location, ...rest } = options;
  return location.dialect === 'sqlite'
    ? openSqlite({ file: location.file, ...rest }, metrics)
    : openPostgres({ url: location.url, ...rest }, metrics);
}

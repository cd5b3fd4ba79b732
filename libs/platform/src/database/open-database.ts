import { type Database, type DatabaseOptions } from './database.js';
import { openPostgres } from './postgres.js';
import { openSqlite } from './sqlite.js';
import { openOwned } from './sqlite-owner.js';
import { type UnitOfWorkMetrics } from './unit-of-work.metrics.js';

/**
 * Opens a database and brings its schema up to date.
 *
 * @throws DatabaseStartError when a PostgreSQL server cannot be reached, or refuses; when another process has the SQLite
 * file open, and does not end within 20 s.
 */
export function openDatabase(options: DatabaseOptions, metrics: UnitOfWorkMetrics): Promise<Database> {
  const { location, onWait, ...rest } = options;
  if (location.dialect === 'postgres') return openPostgres({ url: location.url, ...rest }, metrics);
  const { file } = location;
  return openOwned(file, () => openSqlite({ file, ...rest }, metrics), onWait);
}

import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { DatabaseStartError } from './database.errors.js';
import { type DatabaseLocation } from './database.js';
import { numberPlaceholders } from './placeholders.js';
import { connectionConfig } from './postgres-connection.js';
import { type SqlValue } from './transaction.js';

// A service's commits take milliseconds; a disk that is slow may have one take seconds.
const WAIT_FOR_SERVICE_MS = 30_000;

/**
 * One statement of a tool, with `?` for its parameters, in a transaction of its own; the service whose database it is may
 * be running.
 *
 * @returns how many rows it changed.
 * @throws SqliteError when there is no such file, or the service does not let go of it; DatabaseStartError when a server
 * cannot be reached, or refuses.
 */
export function runStatement(location: DatabaseLocation, sql: string, params: readonly SqlValue[]): Promise<number> {
  return location.dialect === 'sqlite' ? runInFile(location.file, sql, params) : runOnServer(location.url, sql, params);
}

async function runInFile(file: string, sql: string, params: readonly SqlValue[]): Promise<number> {
  const connection = new Sqlite(file, { fileMustExist: true, timeout: WAIT_FOR_SERVICE_MS });
  try {
    return connection.prepare(sql).run(...params).changes;
  } finally {
    connection.close();
  }
}

async function runOnServer(url: string, sql: string, params: readonly SqlValue[]): Promise<number> {
  const client = new pg.Client(connectionConfig({ url }));
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseStartError(url, error);
  }
  try {
    return (await client.query(numberPlaceholders(sql), [...params])).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

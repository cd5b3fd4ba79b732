import { existsSync } from 'node:fs';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { DatabaseStartError } from './database.errors.js';
import { type Database, type DatabaseLocation } from './database.js';
import { numberPlaceholders } from './placeholders.js';
import { connectionConfig } from './postgres-connection.js';

/** A database as a tool looks at it: nothing is written, and its schema is taken as it is. */
export type ReadableDatabase = Pick<Database, 'dialect' | 'queries' | 'close'>;

/**
 * Opens a database to read it and nothing else; the service whose database it is may be running.
 *
 * @throws Error when there is no such file; DatabaseStartError when a server cannot be reached, or refuses.
 */
export function openToRead(location: DatabaseLocation): Promise<ReadableDatabase> {
  return location.dialect === 'sqlite' ? openFile(location.file) : openServer(location.url);
}

async function openFile(file: string): Promise<ReadableDatabase> {
  // TypeORM would make the folder.
  if (!existsSync(file)) throw new Error('there is no such file');
  const source = new DataSource({ type: 'better-sqlite3', database: file, readonly: true });
  await source.initialize();
  return {
    dialect: 'sqlite',
    queries: { all: (sql, params = []) => source.query(sql, [...params]) },
    close: () => source.destroy(),
  };
}

async function openServer(url: string): Promise<ReadableDatabase> {
  const client = new pg.Client({ ...connectionConfig({ url }), options: '-c default_transaction_read_only=on' });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseStartError(url, error);
  }
  return {
    dialect: 'postgres',
    queries: {
      all: async <Row>(sql: string, params: readonly unknown[] = []) =>
        (await client.query(numberPlaceholders(sql), [...params])).rows as Row[],
    },
    close: () => client.end(),
  };
}

import Database from 'better-sqlite3';
import pg from 'pg';
import { DatabaseLocation } from './database-location.js';

/** A database of the system, read beside the services. */
export interface WatchedDatabase {
  /** The only value of the only row of a query, as a number. */
  number(sql: string): Promise<number>;
  /** What tables and indexes take, in bytes, with what is not checkpointed yet. */
  bytes(): Promise<number>;
  close(): Promise<void>;
}

/** Opens it to read. Throws when it is not there. */
export async function watchDatabase(location: DatabaseLocation): Promise<WatchedDatabase> {
  return location.dialect === 'sqlite' ? watchFile(location.file) : watchServer(location.url);
}

function watchFile(file: string): WatchedDatabase {
  const database = new Database(file, { readonly: true });
  const value = (sql: string) => Number(database.prepare(sql).pluck().get());
  return {
    number: async (sql) => value(sql),
    bytes: async () => value('PRAGMA page_count') * value('PRAGMA page_size'),
    close: async () => void database.close(),
  };
}

async function watchServer(url: string): Promise<WatchedDatabase> {
  const client = new pg.Client({ connectionString: url });
  // A connection that ends is seen at the next query; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  const number = async (sql: string) => {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return Number(rows[0]?.[0]);
  };
  return {
    number,
    bytes: () => number('SELECT pg_database_size(current_database())'),
    close: () => client.end(),
  };
}

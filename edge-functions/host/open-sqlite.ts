import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

// The wait blocks the event loop. These files have one writer, so whoever holds the lock is an operator's shell.
const BUSY_TIMEOUT_MS = 200;

/** Opens a file, made with its folder where it is not there, so that what is committed survives a loss of power. */
export function openSqlite(file: string, schema: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  database.pragma('journal_mode = WAL');
  // WAL alone leaves NORMAL, under which a power loss may undo what the publisher was told is stored.
  database.pragma('synchronous = FULL');
  database.exec(schema);
  return database;
}

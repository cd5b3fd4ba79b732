import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite, { type Database as Connection } from 'better-sqlite3';
import { messageOf } from '../errors.js';
import { DatabaseStartError } from './database.errors.js';
import { type Database } from './database.js';
import { isBusy } from './sqlite-errors.js';

// A service ends within 15 s of SIGTERM. Whoever is started while the last one still stops, by a supervisor that does not
// wait for it say, outwaits that; the rest is for a machine that is slow to end a process.
const WAIT_MS = 20_000;
const EVERY_MS = 100;

const TAKEN =
  'another process has it open: stop that one, or give this one a file of its own, or PostgreSQL where several are to run';

// The write is never committed, so the file stays empty; in a file that may only be read, BEGIN EXCLUSIVE passes for
// everybody and keeps nobody out, and the write fails. With its journal in memory it leaves none behind at a kill.
const LOCK = 'PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE; PRAGMA user_version = 1';

interface Ownership {
  lock: Promise<Connection>;
  /** How many databases of this process are open on the file, or about to be. */
  users: number;
}

/** The files that this process owns. It may open one several times: what has to be kept out is another process. */
const owned = new Map<string, Ownership>();

/**
 * Opens a SQLite file when no other process has it open, and keeps others from doing so until it is closed, or the process
 * ends. A second process would publish the same event log beside the first one, out of order.
 *
 * The lock is on a file of its own, `<file>-owner`: one on the database would keep out whoever reads it, backups too. It is
 * a POSIX lock of SQLite's: the kernel takes it back however its process ends, and a child does not inherit it. It would be
 * lost if anything else in this process opened and closed that file (https://sqlite.org/howtocorrupt.html, 2.2).
 *
 * @param file path of the database; its folder is made.
 * @param onWait called once when another process has the file, which then has 20 s to end.
 * @throws DatabaseStartError when it does not end, or the lock cannot be taken; whatever `open` throws.
 */
export async function openOwned(
  file: string,
  open: () => Promise<Database>,
  onWait: () => void = () => undefined,
): Promise<Database> {
  const release = await own(file, onWait);
  try {
    const database = await open();
    const close = async () => {
      // Where this fails something may still be open: the file then stays ours until the process ends.
      await database.close();
      release();
    };
    return { ...database, close };
  } catch (error) {
    release();
    throw error;
  }
}

async function own(file: string, onWait: () => void): Promise<() => void> {
  try {
    return await use(ownerFileOf(file), onWait);
  } catch (error) {
    throw new DatabaseStartError(file, error);
  }
}

/** @returns how to give it back. */
async function use(path: string, onWait: () => void): Promise<() => void> {
  const ownership = owned.get(path) ?? { lock: lock(path, onWait), users: 0 };
  owned.set(path, ownership);
  ownership.users += 1;
  const leave = (): boolean => {
    ownership.users -= 1;
    return ownership.users === 0 && owned.delete(path);
  };
  try {
    const connection = await ownership.lock;
    return () => {
      if (leave()) connection.close();
    };
  } catch (error) {
    leave();
    throw error;
  }
}

/** The same one by whichever link the database is reached, and whether it is there yet or not. */
function ownerFileOf(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  return `${existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(file)), basename(file))}-owner`;
}

async function lock(path: string, onWait: () => void): Promise<Connection> {
  let connection: Connection | undefined;
  try {
    // Without a timeout: SQLite's wait blocks the event loop.
    connection = new Sqlite(path, { timeout: 0 });
    if (await becomesOurs(connection, onWait)) return connection;
  } catch (error) {
    connection?.close();
    throw new Error(`no lock on ${path}: ${messageOf(error)}`, { cause: error });
  }
  connection.close();
  throw new Error(TAKEN);
}

async function becomesOurs(connection: Connection, onWait: () => void): Promise<boolean> {
  const givesUpAt = performance.now() + WAIT_MS;
  for (let waits = false; !tryLock(connection); waits = true) {
    if (!waits) onWait();
    if (performance.now() > givesUpAt) return false;
    await delay(EVERY_MS);
  }
  return true;
}

function tryLock(connection: Connection): boolean {
  try {
    connection.exec(LOCK);
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

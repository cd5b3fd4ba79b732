import { existsSync } from 'node:fs';
import Sqlite, { type Database as Connection } from 'better-sqlite3';
import { messageOf } from '../../errors.js';
import { isBusy } from '../sqlite-errors.js';
import { type CopiedRow, quoted } from './copied-table.js';
import { CopyRefusedError } from './copy.errors.js';

// For a process that looks into the file for a moment; a service has it for good.
const LOCK_TIMEOUT_MS = 2_000;

// What both dialects keep for themselves.
const TABLES = `
  SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'migrations'`;

/** The file of a service, which nobody else can open as long as this is open. It is read and not changed. */
export class SqliteSource {
  private constructor(private readonly connection: Connection) {}

  /**
   * @param file its path.
   * @param migrations the names of those that the service's tables come from.
   * @throws CopyRefusedError when there is no such file, another process has it open, or its tables are not those of this
   * version.
   */
  static open(file: string, migrations: readonly string[]): SqliteSource {
    if (!existsSync(file)) throw new CopyRefusedError(`There is no file ${file}: name the service's with --from.`);
    const connection = new Sqlite(file, { fileMustExist: true, timeout: LOCK_TIMEOUT_MS });
    try {
      lock(connection, file);
      requireVersion(connection, file, migrations);
      return new SqliteSource(connection);
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  tables(): string[] {
    return this.column(TABLES);
  }

  columnsOf(table: string): string[] {
    return this.column('SELECT name FROM pragma_table_info(?)', table);
  }

  count(table: string): number {
    return Number(this.column(`SELECT count(*) AS name FROM ${quoted(table)}`)[0]);
  }

  /** The last number that the table has given out, also where its row is gone: '0' where it never has. */
  lastIdentity(table: string): string {
    return this.column('SELECT CAST(seq AS TEXT) AS name FROM sqlite_sequence WHERE name = ?', table)[0] ?? '0';
  }

  /** No other statement can run until all are taken. */
  *rows(table: string, columns: readonly string[]): Generator<CopiedRow> {
    const statement = this.connection.prepare<[], unknown[]>(
      `SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(table)}`,
    );
    for (const row of statement.raw().safeIntegers().iterate()) {
      yield row.map((value, index) => textOf(value, `${table}.${columns[index]}`));
    }
  }

  close(): void {
    this.connection.close();
  }

  private column(sql: string, ...params: string[]): string[] {
    return this.connection
      .prepare<string[], { name: string }>(sql)
      .all(...params)
      .map(({ name }) => name);
  }
}

/**
 * In this mode SQLite shares a file in write-ahead mode with nobody, not even with a service that does nothing at the moment
 * (https://sqlite.org/wal.html#noshm). It has to be set before the file is first looked into.
 */
function lock(connection: Connection, file: string): void {
  try {
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    if (isBusy(error)) {
      throw new CopyRefusedError(
        `Another process has ${file} open: stop the service first. What it wrote from here on would not be copied.`,
      );
    }
    throw new CopyRefusedError(`Cannot read ${file}: ${messageOf(error)}.`);
  }
}

function requireVersion(connection: Connection, file: string, migrations: readonly string[]): void {
  const done = namesOfMigrations(connection, file);
  const missing = migrations.filter((name) => !done.includes(name));
  if (missing.length > 0) {
    throw new CopyRefusedError(
      `${file} is of an older version: start the service of this one once with it, stop it, and copy then. Missing: ${missing.join(', ')}.`,
    );
  }
  const unknown = done.filter((name) => !migrations.includes(name));
  if (unknown.length === 0) return;
  throw new CopyRefusedError(
    `${file} is of a newer version, or of another service. This one does not know: ${unknown.join(', ')}.`,
  );
}

function namesOfMigrations(connection: Connection, file: string): string[] {
  try {
    const rows = connection.prepare<[], { name: string }>('SELECT name FROM migrations').all();
    return rows.map(({ name }) => name);
  } catch (error) {
    throw new CopyRefusedError(`${file} is no database of a service: ${messageOf(error)}.`);
  }
}

function textOf(value: unknown, place: string): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'bigint') return value.toString();
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  throw new Error(`${place} holds ${String(value)}, which is no whole number`);
}

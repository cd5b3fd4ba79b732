import { type QueryRunner } from 'typeorm';

/** The databases a service can stand on: a SQLite file for one process, PostgreSQL for several. */
export type Dialect = 'sqlite' | 'postgres';

/** What migrations write differently on the two dialects; everything else in them is written once. */
export interface SqlTypes {
  /** A whole number that the database gives out, growing, and never twice; the primary key. */
  id: string;
  /** Whole numbers of up to 53 bits: counts, minor units, Unix milliseconds, 0 and 1 for no and yes. */
  integer: string;
  /**
   * Text that is compared by its bytes, as ids and keys are, so that both dialects have them in the same order. An index in
   * the order of a language would have to be built anew when an upgrade of the operating system changes that order:
   * https://wiki.postgresql.org/wiki/Locale_data_changes
   */
  key: string;
  /** Bytes. */
  blob: string;
  /** Goes behind the closing bracket of a table that is read by its primary key, which is not an {@link SqlTypes.id}. */
  keyedTable: string;
}

const TYPES: Record<Dialect, SqlTypes> = {
  // AUTOINCREMENT: without it SQLite gives the number of a deleted last row again.
  sqlite: {
    id: 'INTEGER PRIMARY KEY AUTOINCREMENT',
    integer: 'INTEGER',
    key: 'TEXT',
    blob: 'BLOB',
    keyedTable: ' WITHOUT ROWID',
  },
  postgres: {
    id: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    integer: 'BIGINT',
    key: 'TEXT COLLATE "C"',
    blob: 'BYTEA',
    keyedTable: '',
  },
};

/** The dialect that a migration runs on. */
export function dialectOf(runner: QueryRunner): Dialect {
  return runner.connection.options.type === 'postgres' ? 'postgres' : 'sqlite';
}

/**
 * The column types of the dialect that a migration runs on. TEXT is TEXT on both, and so is JSON.
 *
 * ```ts
 * const { id, integer, keyedTable } = sqlTypes(runner);
 * await runner.query(`CREATE TABLE notes (id ${id}, at ${integer} NOT NULL, text TEXT NOT NULL)`);
 * ```
 */
export function sqlTypes(runner: QueryRunner): SqlTypes {
  return TYPES[dialectOf(runner)];
}

/**
 * Goes to the end of a SELECT of rows that the same transaction changes according to what it has read: on PostgreSQL others
 * would change them in between. On SQLite nobody else writes.
 *
 * @param others what becomes of rows that another transaction has locked: waited for, or left out.
 */
export function forUpdate({ dialect }: { dialect: Dialect }, others: 'wait' | 'skip' = 'wait'): string {
  if (dialect === 'sqlite') return '';
  return others === 'wait' ? ' FOR UPDATE' : ' FOR UPDATE SKIP LOCKED';
}

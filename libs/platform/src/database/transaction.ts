import { type Dialect } from './dialect.js';

/** A value that a statement can be given. Objects are stored as JSON text by the caller. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/**
 * What a piece of work may do inside a unit of work: SQL and nothing else. No network call, no timer: the commit of
 * every other piece in the same group waits for this one.
 *
 * SQL has `?` for its parameters on either dialect. Integers come back as numbers (one that is not safe is an error), a
 * comparison as 0 or 1, bytes as Buffer. A statement that fails may spoil the whole transaction: work that means to go on
 * after it runs it in a {@link Transaction.savepoint}.
 */
export interface Transaction {
  readonly dialect: Dialect;
  /** Runs a statement; resolves to the number of rows it changed. */
  run(sql: string, params?: readonly SqlValue[]): Promise<number>;
  /** The first row, or undefined. */
  get<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined>;
  all<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs `work` so that its changes can be undone alone: when it throws, they are, and the error goes on. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
}

/** What is known of a piece of work before it runs. */
export interface WorkOptions {
  /**
   * Names of rows that it changes and that many others may want at the same time. Pieces that name the same row take turns
   * before they take a connection, and those that wait share the next transaction. Names are hints: whatever is not named,
   * or is known by two names, is still guarded by the database's own locks.
   */
  rows?: readonly string[];
}

/** The one way to write: the work runs in a transaction and its result is given once that is committed and on disk. */
export interface UnitOfWork {
  /**
   * `work` may be run more than once, and everything it did before is rolled back then: it must have no effect beside its
   * statements and its result. Work that finds out too late that another transaction was first throws
   * {@link LostRaceError}, and finds what that one has stored when it runs again.
   *
   * @throws what `work` throws, after its own changes are rolled back.
   * @throws TransientError when the database could not commit; nothing of the work is stored then. Only where the
   * connection to a server is lost in the middle of the commit nobody can tell; done again, work must find what it stored.
   * @param label what the work is, for whoever watches commits (`points.ts`).
   */
  run<T>(work: (tx: Transaction) => Promise<T>, label?: string, options?: WorkOptions): Promise<T>;
}

import { type DataSource, type DataSourceOptions } from 'typeorm';
import { type Dialect } from './dialect.js';
import { type ProcessLock } from './process-lock.js';
import { type ReadFault } from './read-fault.js';
import { type SqlValue, type Transaction, type UnitOfWork } from './transaction.js';

/** Where a database is. */
export type DatabaseLocation = { dialect: 'sqlite'; file: string } | { dialect: 'postgres'; url: string };

export interface DatabaseOptions {
  location: DatabaseLocation;
  entities: NonNullable<DataSourceOptions['entities']>;
  /** Each runs on both dialects; what differs between them it asks of its query runner ({@link sqlTypes}). */
  migrations: NonNullable<DataSourceOptions['migrations']>;
  /**
   * Locks the rows of these names ({@link WorkOptions.rows}) in an order that is the same for everybody, before pieces of
   * work that want different ones share a transaction: each takes its own in that order, but they do not among each other.
   * Without it they run in the order of the first name that each gives, which does the same where that one is its row.
   * PostgreSQL only.
   */
  lockRows?: (tx: Transaction, names: readonly string[]) => Promise<void>;
  /** Called once when another process has the file open, and its end is waited for. SQLite only. */
  onWait?: () => void;
  /** The service's name, as the server shows it among its connections. PostgreSQL only. */
  applicationName?: string;
  /** Connections that write, and as many again that read; 10 unless told. PostgreSQL only. */
  maxConnections?: number;
}

/** Plain SQL that only reads, with `?` for its parameters on either dialect. */
export interface Queries {
  all<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
}

/** An open database with its schema up to date. */
export interface Database {
  dialect: Dialect;
  unitOfWork: UnitOfWork & {
    /** Calls `listener` after every commit. */
    onCommit(listener: () => void): void;
  };
  /** Calls `listener` when the database, and not the work, is why something was not committed. */
  onUnavailable(listener: () => void): void;
  /** Never waits behind a write and never sees one that is not committed. */
  queries: Queries;
  /** The same connections, for entities. */
  reads: DataSource;
  /** Whose fault a failed read is, of `queries` or of `reads`. */
  readFault: ReadFault;
  /** A lock that one process at a time has of all that share this database and ask for the same name. */
  processLock(name: string): ProcessLock;
  /** Finishes what waits, then closes every connection. */
  close(): Promise<void>;
}

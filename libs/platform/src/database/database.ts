import { type DataSource, type DataSourceOptions } from 'typeorm';
import { type SqlValue, type UnitOfWork } from './transaction.js';

/** The databases a service can stand on: a SQLite file for one process, PostgreSQL for several. */
export type Dialect = 'sqlite' | 'postgres';

/** Where a database is. */
export type DatabaseLocation = { dialect: 'sqlite'; file: string } | { dialect: 'postgres'; url: string };

export interface DatabaseOptions {
  location: DatabaseLocation;
  entities: NonNullable<DataSourceOptions['entities']>;
  /** Each runs on both dialects; what differs between them it asks of its query runner's connection. */
  migrations: NonNullable<DataSourceOptions['migrations']>;
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
  /** Never waits behind a write and never sees one that is not committed. */
  queries: Queries;
  /** The same connections, for entities. */
  reads: DataSource;
  close(): Promise<void>;
}

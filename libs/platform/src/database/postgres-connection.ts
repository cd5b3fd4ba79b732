import pg, { type ClientConfig } from 'pg';
import { parserOf } from './postgres-types.js';

export interface PostgresConnectionOptions {
  /** postgres://user:password@host:port/database */
  url: string;
  applicationName?: string;
}

// Also the longest that work waits for one of the pool's connections.
const CONNECT_TIMEOUT_MS = 10_000;

// Statements of ours take milliseconds; one that takes this long waits for a lock that somebody has forgotten.
const STATEMENT_TIMEOUT_MS = 30_000;

// For a server that has stopped answering altogether: later than its own limit, so that this usually has the word.
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;

// A piece of work runs SQL and nothing else. One that hangs must not hold its locks for ever.
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;

/** How every connection is made: values come back as from SQLite. */
export function connectionConfig({ url, applicationName }: PostgresConnectionOptions): ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: (type, format) => parserOf(type) ?? pg.types.getTypeParser(type, format) },
    ...(applicationName !== undefined && { application_name: applicationName }),
  };
}

/** Limits of a connection that serves work, not migrations, which may take their time. */
export const workLimits: ClientConfig = {
  statement_timeout: STATEMENT_TIMEOUT_MS,
  query_timeout: ANSWER_TIMEOUT_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
};

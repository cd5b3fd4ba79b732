import { type Dialect, type Queries } from '@holdfast/platform';
import { type DatabaseClock } from '../app/schedule.ports.js';

// Not now(): that is when the transaction began.
const SERVER_TIME = 'SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT) AS now';

/** The clock of PostgreSQL's server. SQLite runs in this process and has none of its own. */
export class SqlDatabaseClock implements DatabaseClock {
  constructor(
    private readonly queries: Queries,
    private readonly dialect: Dialect,
  ) {}

  async now(): Promise<number | undefined> {
    if (this.dialect === 'sqlite') return undefined;
    const [row] = await this.queries.all<{ now: number }>(SERVER_TIME);
    return row?.now;
  }
}

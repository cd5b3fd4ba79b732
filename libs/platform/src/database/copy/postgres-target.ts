import pg, { type ClientConfig } from 'pg';
import { DataSource, type DataSourceOptions, MigrationExecutor, type QueryRunner } from 'typeorm';
import { maskedUrl } from '../../config.js';
import { messageOf } from '../../errors.js';
import { DatabaseStartError } from '../database.errors.js';
import { type Queries } from '../database.js';
import { numberPlaceholders } from '../placeholders.js';
import { connectionConfig } from '../postgres-connection.js';
import { requireDurability } from '../postgres-migrations.js';
import { lockKeyOf } from '../postgres-process-lock.js';
import { type CopiedRow, type CopiedTable, quoted } from './copied-table.js';
import { CopyRefusedError } from './copy.errors.js';
import {
  COLUMNS,
  REFERENCES,
  type StoredColumn,
  type StoredReference,
  TABLES,
  tablesOf,
} from './postgres-catalogue.js';

const FETCH = 1_000;

// Limits that somebody may have set for the database or the role; a copy takes as long as it takes.
const WITHOUT_LIMITS = `
  SELECT set_config(name, '0', true) FROM pg_settings
  WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`;

/**
 * An empty database of PostgreSQL and the one transaction in which it gets its tables and their rows. Whatever ends this
 * before {@link PostgresTarget.commit}, the process or the network, leaves nothing. A service that is started on the
 * database meanwhile waits: its migrations want the same lock.
 */
export class PostgresTarget {
  private constructor(
    private readonly url: string,
    private readonly guard: pg.Client,
    private readonly source: DataSource,
    private readonly runner: QueryRunner,
  ) {}

  /**
   * @throws DatabaseStartError when the server cannot be reached, or refuses.
   * @throws CopyRefusedError when the database is not empty, or somebody else is making its tables.
   */
  static async open(url: string, migrations: NonNullable<DataSourceOptions['migrations']>): Promise<PostgresTarget> {
    const config = connectionConfig({ url, applicationName: 'db:copy' });
    const guard = await lock(config, url);
    try {
      const source = new DataSource({
        type: 'postgres',
        url,
        driver: pg,
        extra: { ...config, max: 1 },
        migrations,
        installExtensions: false,
        poolErrorHandler: () => undefined,
      });
      await source.initialize();
      const target = new PostgresTarget(url, guard, source, source.createQueryRunner());
      try {
        await target.begin();
        return target;
      } catch (error) {
        await target.close();
        throw error;
      }
    } catch (error) {
      await guard.end();
      throw error instanceof CopyRefusedError ? error : new DatabaseStartError(url, error);
    }
  }

  /** Sees what was copied so far. */
  readonly queries: Queries = {
    all: (sql, params = []) => this.runner.query(numberPlaceholders(sql), [...params]),
  };

  /** Makes the tables and empties those that are made with rows in them. */
  async migrate(): Promise<CopiedTable[]> {
    const executor = new MigrationExecutor(this.source, this.runner);
    executor.transaction = 'none';
    await executor.executePendingMigrations();
    const columns: StoredColumn[] = await this.runner.query(COLUMNS);
    const references: StoredReference[] = await this.runner.query(REFERENCES);
    const tables = tablesOf(columns, references);
    for (const { name } of tables) await this.empty(name);
    return tables;
  }

  async insert({ name, columns }: CopiedTable, rows: readonly CopiedRow[]): Promise<void> {
    const names = columns.map((column) => quoted(column.name)).join(', ');
    const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
    await this.runner.query(
      `INSERT INTO ${quoted(name)} (${names}) OVERRIDING SYSTEM VALUE SELECT * FROM unnest(${arrays})`,
      columns.map((_, index) => rows.map((row) => row[index] ?? null)),
    );
  }

  async *rows({ name, columns }: CopiedTable): AsyncGenerator<CopiedRow> {
    const texts = columns.map(({ name: column, type }) => textOf(quoted(column), type)).join(', ');
    await this.runner.query(`DECLARE copied NO SCROLL CURSOR FOR SELECT ARRAY[${texts}] AS texts FROM ${quoted(name)}`);
    for (;;) {
      const batch: { texts: CopiedRow }[] = await this.runner.query(`FETCH ${FETCH} FROM copied`);
      if (batch.length === 0) break;
      for (const { texts: row } of batch) yield row;
    }
    await this.runner.query('CLOSE copied');
  }

  /** Has the numbers that the database gives out go on behind `last`, and behind all that are there. */
  async continueBehind(table: string, column: string, last: string): Promise<void> {
    await this.runner.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), given.last) FROM (
         SELECT greatest($3::bigint, max(${quoted(column)})) AS last FROM ${quoted(table)}
       ) AS given WHERE given.last > 0`,
      [quoted(table), column, last],
    );
  }

  /** Else the first queries would be planned for tables that are empty. */
  async analyze(tables: readonly CopiedTable[]): Promise<void> {
    for (const { name } of tables) await this.runner.query(`ANALYZE ${quoted(name)}`);
  }

  async commit(): Promise<void> {
    try {
      await this.runner.commitTransaction();
    } catch (error) {
      throw new Error(
        `${messageOf(error)}. Whether ${maskedUrl(this.url)} has the copy is not known: repeat the command. Where it finds the database not empty, the copy is there, and whole.`,
        { cause: error },
      );
    }
  }

  /** Takes back what is not committed. */
  async close(): Promise<void> {
    // The server takes it back by itself where the connection is of no more use.
    if (this.runner.isTransactionActive) await this.runner.rollbackTransaction().catch(() => undefined);
    await this.runner.release();
    await this.source.destroy();
    await this.guard.end();
  }

  private async begin(): Promise<void> {
    await this.runner.startTransaction();
    await this.runner.query(WITHOUT_LIMITS);
    const tables: { name: string }[] = await this.runner.query(TABLES);
    if (tables.length === 0) return;
    const some = tables.slice(0, 3).map(({ name }) => name);
    throw new CopyRefusedError(
      `${maskedUrl(this.url)} is not empty (${some.join(', ')}${tables.length > 3 ? ', …' : ''}): a copy goes into a database without tables. Give it a new one.`,
    );
  }

  private async empty(table: string): Promise<void> {
    const rows: unknown[] = await this.runner.query(`SELECT 1 FROM ${quoted(table)} LIMIT 1`);
    // A DELETE that finds nothing would still set off the triggers of a ledger that only grows.
    if (rows.length > 0) await this.runner.query(`DELETE FROM ${quoted(table)}`);
  }
}

const textOf = (column: string, type: string): string =>
  type === 'bytea' ? `'\\x' || encode(${column}, 'hex')` : `${column}::text`;

async function lock(config: ClientConfig, url: string): Promise<pg.Client> {
  const guard = new pg.Client(config);
  guard.on('error', () => undefined);
  try {
    await guard.connect();
    await requireDurability(guard);
    const key = await lockKeyOf(guard, 'migrations');
    const { rows } = await guard.query<{ taken: number }>('SELECT pg_try_advisory_lock($1, $2) AS taken', key);
    if (rows[0]?.taken === 1) return guard;
  } catch (error) {
    await guard.end().catch(() => undefined);
    throw new DatabaseStartError(url, error);
  }
  await guard.end();
  throw new CopyRefusedError(
    `Somebody else is making the tables of ${maskedUrl(url)}: a service that starts, or another copy.`,
  );
}

import { type Database } from 'better-sqlite3';
import { type QueryResult, type QueryRunner } from 'typeorm';
import { type SqlValue, type Transaction } from './transaction.js';

/** Plain SQL through TypeORM's query runner, which keeps its statements prepared. */
export class SqliteTransaction implements Transaction {
  private depth = 0;
  private begun = false;

  constructor(
    private readonly runner: QueryRunner,
    private readonly connection: Database,
  ) {}

  async run(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    const result = await this.query(sql, params);
    return result.affected ?? 0;
  }

  async get<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row | undefined> {
    const [row] = await this.all<Row>(sql, params);
    return row;
  }

  async all<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    const result = await this.query(sql, params);
    return result.records;
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    // Names of SQLite's savepoints nest like brackets; one per depth keeps the prepared statements few.
    const name = `piece_${this.depth}`;
    this.depth += 1;
    try {
      await this.run(`SAVEPOINT ${name}`);
      const result = await work();
      await this.run(`RELEASE ${name}`);
      return result;
    } catch (error) {
      // A full disk or an I/O error makes SQLite roll the whole transaction back by itself; no savepoint is left then.
      if (this.open) {
        await this.run(`ROLLBACK TO ${name}`);
        await this.run(`RELEASE ${name}`);
      }
      throw error;
    } finally {
      this.depth -= 1;
    }
  }

  async begin(): Promise<void> {
    // IMMEDIATE: a deferred transaction that reads first fails at once when it comes to write (better-sqlite3#1275).
    await this.run('BEGIN IMMEDIATE');
    this.begun = true;
  }

  async commit(): Promise<void> {
    await this.run('COMMIT');
    this.begun = false;
  }

  /** Also where SQLite has rolled back by itself already. */
  async rollback(): Promise<void> {
    this.begun = false;
    if (this.open) await this.run('ROLLBACK');
  }

  /** False once SQLite has rolled the transaction back by itself. */
  get open(): boolean {
    return this.connection.inTransaction;
  }

  private async query(sql: string, params: readonly SqlValue[]): Promise<QueryResult> {
    // Work that swallowed the error which ended the transaction, and went on, would commit its remaining statements one
    // by one.
    if (this.begun && !this.open) throw new Error('the database has rolled the transaction back');
    return this.runner.query(sql, [...params], true);
  }
}

import { type Database, type Statement } from 'better-sqlite3';
import { type SqlValue, type Transaction } from './transaction.js';

/**
 * Statements on the connection that TypeORM opened, prepared once and kept. TypeORM's query runner costs 1.4 times as much
 * (`bench/src/micro/query-runner.ts`), and these statements are most of what an order costs a service.
 */
export class SqliteTransaction implements Transaction {
  readonly dialect = 'sqlite';
  private readonly statements = new Map<string, Statement>();
  private depth = 0;
  private begun = false;

  constructor(private readonly connection: Database) {}

  async run(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    return this.prepared(sql).run(...params).changes;
  }

  async get<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row | undefined> {
    return this.prepared(sql).get(...params) as Row | undefined;
  }

  async all<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.prepared(sql).all(...params) as Row[];
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

  private prepared(sql: string): Statement {
    // Work that swallowed the error which ended the transaction, and went on, would commit its remaining statements one
    // by one.
    if (this.begun && !this.open) throw new Error('the database has rolled the transaction back');
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.connection.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

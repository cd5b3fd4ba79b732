import { type Database, type Statement } from 'better-sqlite3';
import { type SqlValue, type Transaction } from './transaction.js';

/**
 * Statements on the connection that TypeORM opened. They are prepared once and kept: TypeORM's query runner costs
 * several times the statement itself (docs/adr), and an order takes about fifteen of them.
 */
export class SqliteTransaction implements Transaction {
  private readonly statements = new Map<string, Statement>();
  private depth = 0;

  constructor(private readonly database: Database) {}

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
    this.execute(`SAVEPOINT ${name}`);
    try {
      const result = await work();
      this.execute(`RELEASE ${name}`);
      return result;
    } catch (error) {
      // A full disk or an I/O error makes SQLite roll the whole transaction back by itself; no savepoint is left then.
      if (this.database.inTransaction) {
        this.execute(`ROLLBACK TO ${name}`);
        this.execute(`RELEASE ${name}`);
      }
      throw error;
    } finally {
      this.depth -= 1;
    }
  }

  get open(): boolean {
    return this.database.inTransaction;
  }

  execute(sql: string): void {
    this.prepared(sql).run();
  }

  private prepared(sql: string): Statement {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

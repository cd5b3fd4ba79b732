import { type Database } from 'better-sqlite3';
import { type QueryRunner } from 'typeorm';
import { type SqlValue, type Transaction } from './transaction.js';

/** Plain SQL through TypeORM's query runner, which keeps its statements prepared. */
export class SqliteTransaction implements Transaction {
  private depth = 0;

  constructor(
    private readonly runner: QueryRunner,
    private readonly connection: Database,
  ) {}

  async run(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    const result = await this.runner.query(sql, [...params], true);
    return result.affected ?? 0;
  }

  async get<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row | undefined> {
    const [row] = await this.all<Row>(sql, params);
    return row;
  }

  async all<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    const result = await this.runner.query(sql, [...params], true);
    return result.records;
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    // Names of SQLite's savepoints nest like brackets; one per depth keeps the prepared statements few.
    const name = `piece_${this.depth}`;
    this.depth += 1;
    await this.run(`SAVEPOINT ${name}`);
    try {
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

  get open(): boolean {
    return this.connection.inTransaction;
  }
}

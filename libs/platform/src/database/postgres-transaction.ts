import { type PoolClient, type QueryResult } from 'pg';
import { preparedText } from './placeholders.js';
import { faultOf, isAfterFailure, type PostgresFault } from './postgres-faults.js';
import { type SqlValue, type Transaction } from './transaction.js';

/**
 * One transaction on a connection that nobody else uses meanwhile. Statements are sent as they are started, without waiting
 * for the one before, and the server runs them one after the other: those that a piece starts side by side cost one round
 * trip together.
 */
export class PostgresTransaction implements Transaction {
  readonly dialect = 'postgres';
  private depth = 0;
  private ended = false;
  /** The statement that spoiled the transaction; a savepoint that is rolled back mends it. */
  private failure: { error: unknown } | undefined;
  /** A failure that no savepoint mends, whatever the work made of it: a part that lost a deadlock is not done. */
  private lasting: { error: unknown; fault: PostgresFault } | undefined;

  constructor(private readonly client: PoolClient) {}

  async run(sql: string, params?: readonly SqlValue[]): Promise<number> {
    return (await this.query(sql, params)).rowCount ?? 0;
  }

  async get<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined> {
    return (await this.query(sql, params)).rows[0] as Row | undefined;
  }

  async all<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]> {
    return (await this.query(sql, params)).rows as Row[];
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const name = `piece_${this.depth}`;
    this.depth += 1;
    try {
      await this.query(`SAVEPOINT ${name}`);
      const result = await work();
      await this.query(`RELEASE ${name}`);
      return result;
    } catch (error) {
      const cause = this.causeOf(error);
      if (this.lasting?.fault !== 'unavailable') {
        await this.query(`ROLLBACK TO ${name}`);
        await this.query(`RELEASE ${name}`);
        this.failure = undefined;
      }
      throw cause;
    } finally {
      this.depth -= 1;
    }
  }

  async begin(): Promise<void> {
    await this.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  }

  /** @throws the failure that the work has swallowed, if there is one: the server would roll back, and call it success. */
  async commit(): Promise<void> {
    const swallowed = this.lasting ?? this.failure;
    if (swallowed) throw swallowed.error;
    const { command } = await this.end('COMMIT');
    // A statement that the work did not wait for has failed: the server has rolled back.
    if (command !== 'COMMIT') throw this.failure?.error ?? new Error('the server has rolled back');
  }

  /** @returns false when the connection is of no more use. */
  async rollback(): Promise<boolean> {
    try {
      if (this.lasting?.fault !== 'unavailable') await this.end('ROLLBACK');
    } catch {
      // The server rolls back what its connection leaves behind.
    }
    this.ended = true;
    return this.lasting?.fault !== 'unavailable';
  }

  /** Why the transaction can never commit although its statements are in order; undefined where they are not. */
  get fault(): PostgresFault | undefined {
    return this.lasting?.fault;
  }

  /** What is behind an error that the work has thrown: the first failure, where the error comes of it. */
  causeOf(error: unknown): unknown {
    if (this.lasting) return this.lasting.error;
    return this.failure && isAfterFailure(error) ? this.failure.error : error;
  }

  /** From when it is sent, not from when it is answered: what came behind it would be committed by itself. */
  private end(command: 'COMMIT' | 'ROLLBACK'): Promise<QueryResult> {
    const ending = this.query(command);
    this.ended = true;
    return ending;
  }

  private async query(sql: string, params: readonly SqlValue[] = []): Promise<QueryResult> {
    // Work that goes on after its end would run in the next transaction on this connection, or in none.
    if (this.ended) throw new Error('the transaction has ended');
    try {
      return await this.client.query({ ...preparedText(sql), values: [...params] });
    } catch (error) {
      const fault = faultOf(error);
      if (fault) this.lasting ??= { error, fault };
      this.failure ??= { error };
      throw error;
    }
  }
}

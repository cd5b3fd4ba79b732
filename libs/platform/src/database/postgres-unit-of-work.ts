import { setTimeout as delay } from 'node:timers/promises';
import { type Pool, type PoolClient } from 'pg';
import { messageOf, TransientError } from '../errors.js';
import { PostgresTransaction } from './postgres-transaction.js';
import { type Transaction, type UnitOfWork } from './transaction.js';
import { type UnitOfWorkMetrics } from './unit-of-work.metrics.js';

// Of those that get in each other's way one wins each time, so few tries are enough; work that still fails is tried again
// by its consumer.
const ATTEMPTS = 5;

// Doubled each time, and drawn at random below that, so that the same two do not meet again.
const FIRST_PAUSE_MS = 10;

class Conflict extends Error {}

/**
 * Every piece of work in a transaction and on a connection of its own, READ COMMITTED; PostgreSQL shares fsyncs between
 * commits that come together by itself. Work that loses a deadlock, or is not serializable, is run again.
 */
export class PostgresUnitOfWork implements UnitOfWork {
  private readonly listeners: (() => void)[] = [];
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    private readonly pool: Pool,
    private readonly metrics: UnitOfWorkMetrics,
  ) {}

  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const result = this.untilCommitted(work);
    const settled = result.catch(() => undefined).finally(() => this.running.delete(settled));
    this.running.add(settled);
    return result;
  }

  /** Calls `listener` after every commit. */
  onCommit(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Resolves when nothing runs or waits any more. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private async untilCommitted<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        if (attempt === ATTEMPTS) throw this.failed('DATABASE_CONFLICT', error.cause);
      }
      await delay(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
    }
  }

  private async attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.connect();
    const started = performance.now();
    const transaction = new PostgresTransaction(client);
    let result: T;
    try {
      await transaction.begin();
      result = await work(transaction);
      await transaction.commit();
    } catch (error) {
      const reusable = await transaction.rollback();
      client.release(!reusable);
      throw this.reasonOf(transaction, error);
    }
    client.release();
    this.metrics.committed(1, (performance.now() - started) / 1000);
    for (const listener of this.listeners) listener();
    return result;
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      // Whatever it is, a password that was changed say, it is not the work's fault.
      throw this.failed('DATABASE_UNAVAILABLE', error);
    }
  }

  /** What the caller gets to see of work that was rolled back. */
  private reasonOf(transaction: PostgresTransaction, error: unknown): unknown {
    const cause = transaction.causeOf(error);
    if (transaction.fault === 'unavailable') return this.failed('DATABASE_UNAVAILABLE', cause);
    if (transaction.fault === 'conflict') return new Conflict(messageOf(cause), { cause });
    return cause;
  }

  private failed(code: string, cause: unknown): TransientError {
    this.metrics.failed();
    return new TransientError(code, `the database did not commit: ${messageOf(cause)}`, { cause });
  }
}

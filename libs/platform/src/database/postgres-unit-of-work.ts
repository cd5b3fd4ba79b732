import { setTimeout as delay } from 'node:timers/promises';
import { type Pool, type PoolClient } from 'pg';
import { messageOf, TransientError } from '../errors.js';
import { reached } from '../points.js';
import { LostRaceError } from './database.errors.js';
import { type DatabaseOptions } from './database.js';
import { PostgresTransaction } from './postgres-transaction.js';
import { RowTurns } from './row-turns.js';
import { type Transaction, type UnitOfWork, type WorkOptions } from './transaction.js';
import { DATABASE_UNAVAILABLE, notCommitted } from './unavailable.js';
import { type UnitOfWorkMetrics } from './unit-of-work.metrics.js';

type Work<T> = (tx: Transaction) => Promise<T>;

/** Work that names its rows. */
interface Piece {
  label: string;
  rows: readonly string[];
  work: Work<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

// Of those that get in each other's way one wins each time, so few tries are enough; work that still fails is tried again
// by its consumer.
const ATTEMPTS = 5;

// Doubled each time, and drawn at random below that, so that the same two do not meet again.
const FIRST_PAUSE_MS = 10;

class Conflict extends Error {}

const byFirstRow = ({ rows: [one = ''] }: Piece, { rows: [other = ''] }: Piece): number =>
  one < other ? -1 : Number(one > other);

/**
 * Every piece of work in a transaction and on a connection of its own, READ COMMITTED; PostgreSQL shares fsyncs between
 * commits that come together by itself. Work that loses a deadlock, or is not serializable, is run again.
 *
 * Pieces that name the same rows would commit one after the other, an fsync each, and hold every connection while they wait
 * for the row. They wait here instead, and run together: one connection, one transaction, one fsync. When a piece of such a
 * group throws, all of it is rolled back, and each runs again in a transaction of its own.
 */
export class PostgresUnitOfWork implements UnitOfWork {
  private readonly listeners: (() => void)[] = [];
  private readonly concerned: (() => void)[] = [];
  private readonly running = new Set<Promise<unknown>>();
  private readonly turns = new RowTurns<Piece>();

  constructor(
    private readonly pool: Pool,
    private readonly metrics: UnitOfWorkMetrics,
    private readonly lockRows?: DatabaseOptions['lockRows'],
  ) {}

  run<T>(work: Work<T>, label = '', { rows = [] }: WorkOptions = {}): Promise<T> {
    const result = rows.length === 0 ? this.untilCommitted(work, label) : this.inTurn(work, label, rows);
    const settled = result.catch(() => undefined).finally(() => this.running.delete(settled));
    this.running.add(settled);
    return result;
  }

  /** Calls `listener` after every commit. */
  onCommit(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Calls `listener` when something was not committed for the server's sake. */
  onUnavailable(listener: () => void): void {
    this.concerned.push(listener);
  }

  /** Resolves when nothing runs or waits any more. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private inTurn<T>(work: Work<T>, label: string, rows: readonly string[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const piece = { label, rows, work, resolve: resolve as (value: unknown) => void, reject };
      if (this.turns.enter(piece)) void this.runGroups([piece]);
    });
  }

  private async runGroups(first: Piece[]): Promise<void> {
    for (let group = first; group.length > 0; group = this.turns.leave(group)) {
      if (group.length === 1 || !(await this.settledTogether(group))) {
        for (const { work, label, resolve, reject } of group) {
          await this.untilCommitted(work, label).then(resolve, reject);
        }
      }
    }
  }

  /** @returns false when the pieces are to be run apart; nothing of the group is stored then. */
  private async settledTogether(pieces: readonly Piece[]): Promise<boolean> {
    const group = this.lockRows ? pieces : [...pieces].sort(byFirstRow);
    try {
      const labels = group.map(({ label }) => label);
      const values = await this.attempt((tx) => this.workTogether(tx, group), labels);
      for (const [index, { resolve }] of group.entries()) resolve(values[index]);
      return true;
    } catch (error) {
      // Apart they would fail as well, one after the other; and what became of a commit nobody may be able to tell.
      if (!(error instanceof TransientError) || error.code !== DATABASE_UNAVAILABLE) return false;
      for (const { reject } of group) reject(error);
      return true;
    }
  }

  private async workTogether(tx: Transaction, group: readonly Piece[]): Promise<unknown[]> {
    const names = [...new Set(group.flatMap(({ rows }) => rows))];
    if (names.length > 1) await this.lockRows?.(tx, names);
    const values: unknown[] = [];
    for (const { work } of group) values.push(await work(tx));
    return values;
  }

  private async untilCommitted<T>(work: Work<T>, label: string): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work, [label]);
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        if (attempt === ATTEMPTS) throw this.failed('DATABASE_CONFLICT', error.cause);
      }
      await delay(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
    }
  }

  /** @param labels of its pieces. */
  private async attempt<T>(work: Work<T>, labels: readonly string[]): Promise<T> {
    const client = await this.connect();
    const started = performance.now();
    const transaction = new PostgresTransaction(client);
    let result: T;
    try {
      await transaction.begin();
      result = await work(transaction);
      reached('before-commit', () => labels);
      await transaction.commit();
    } catch (error) {
      const reusable = await transaction.rollback();
      client.release(!reusable);
      throw this.reasonOf(transaction, error);
    }
    client.release();
    reached('after-commit', () => labels);
    this.metrics.committed(labels.length, (performance.now() - started) / 1000);
    for (const listener of this.listeners) listener();
    return result;
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      // Whatever it is, a password that was changed say, it is not the work's fault.
      throw this.failed(DATABASE_UNAVAILABLE, error);
    }
  }

  /** What the caller gets to see of work that was rolled back. */
  private reasonOf(transaction: PostgresTransaction, error: unknown): unknown {
    const cause = transaction.causeOf(error);
    if (transaction.fault === 'unavailable') return this.failed(DATABASE_UNAVAILABLE, cause);
    const again = transaction.fault === 'conflict' || cause instanceof LostRaceError;
    return again ? new Conflict(messageOf(cause), { cause }) : cause;
  }

  private failed(code: string, cause: unknown): TransientError {
    this.metrics.failed();
    if (code === DATABASE_UNAVAILABLE) for (const listener of this.concerned) listener();
    return notCommitted(code, cause);
  }
}

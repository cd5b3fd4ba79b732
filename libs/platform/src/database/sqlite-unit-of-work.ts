import { setTimeout as delay } from 'node:timers/promises';
import { type TransientError } from '../errors.js';
import { reached } from '../points.js';
import { isBusy, sqliteCodeOf } from './sqlite-errors.js';
import { SqliteTransaction } from './sqlite-transaction.js';
import { type Transaction, type UnitOfWork } from './transaction.js';
import { unavailable } from './unavailable.js';
import { type UnitOfWorkMetrics } from './unit-of-work.metrics.js';

interface Piece {
  label: string;
  work: (tx: Transaction) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

// A commit of this many pieces is dominated by the pieces; more would only make the first of them wait.
const MAX_PIECES = 500;

// Another process may hold the file (a backup, a shell). Ten short waits that leave the event loop free, instead of
// SQLite's own wait, which blocks it and costs heartbeats.
const BEGIN_ATTEMPTS = 10;
const BEGIN_RETRY_MS = 200;

// Faults of the storage, not of the statement: the next try may find room or the file free.
const STORAGE_FAULT = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|NOMEM|CANTOPEN|PROTOCOL)/;

/**
 * Group commit: all write work of a service waits in one queue; whatever waits when the last commit is done runs in one
 * transaction and is committed with one fsync. When a piece throws, the group is rolled back and run again, each piece
 * in its own savepoint: it takes back its own changes only. There is one connection and one writer, so no transaction can
 * see or undo another's work.
 */
export class SqliteUnitOfWork implements UnitOfWork {
  private waiting: Piece[] = [];
  private flushing: Promise<void> | undefined;
  private readonly listeners: (() => void)[] = [];
  private readonly concerned: (() => void)[] = [];

  constructor(
    private readonly transaction: SqliteTransaction,
    private readonly metrics: UnitOfWorkMetrics,
  ) {}

  run<T>(work: (tx: Transaction) => Promise<T>, label = ''): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ label, work, resolve: resolve as (value: unknown) => void, reject });
      this.flushing ??= this.flush();
    });
  }

  /** Calls `listener` after every commit. */
  onCommit(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Calls `listener` when something was not committed for the storage's sake. */
  onUnavailable(listener: () => void): void {
    this.concerned.push(listener);
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.flushing) await this.flushing;
  }

  private async flush(): Promise<void> {
    do {
      // One turn of the event loop, so that everything the sockets hold joins this group.
      await new Promise(setImmediate);
      await this.commitGroup(this.waiting.splice(0, MAX_PIECES));
    } while (this.waiting.length > 0);
    this.flushing = undefined;
  }

  private async commitGroup(pieces: Piece[]): Promise<void> {
    const started = performance.now();
    let answers: (() => void)[];
    try {
      answers = (await this.runTogether(pieces)) ?? (await this.runApart(pieces));
    } catch (error) {
      this.metrics.failed();
      await this.transaction.rollback();
      const reason = this.refused(error);
      for (const piece of pieces) piece.reject(reason);
      return;
    }
    this.metrics.committed(pieces.length, (performance.now() - started) / 1000);
    for (const answer of answers) answer();
    for (const listener of this.listeners) listener();
  }

  /**
   * The usual case: no piece throws, and none needs a savepoint of its own, which would copy every page it touches.
   *
   * @returns undefined when one did throw; nothing of the group is stored then.
   */
  private async runTogether(pieces: Piece[]): Promise<(() => void)[] | undefined> {
    await this.begin();
    const answers: (() => void)[] = [];
    try {
      for (const piece of pieces) {
        const value = await piece.work(this.transaction);
        answers.push(() => piece.resolve(value));
      }
    } catch {
      await this.transaction.rollback();
      return undefined;
    }
    await this.commit(pieces);
    return answers;
  }

  /** Every piece in its own savepoint: one that throws takes back its own changes only. */
  private async runApart(pieces: Piece[]): Promise<(() => void)[]> {
    await this.begin();
    const answers: (() => void)[] = [];
    for (const piece of pieces) answers.push(await this.runGuarded(piece));
    await this.commit(pieces);
    return answers;
  }

  private async commit(pieces: readonly Piece[]): Promise<void> {
    const labels = () => pieces.map(({ label }) => label);
    reached('before-commit', labels);
    await this.transaction.commit();
    reached('after-commit', labels);
  }

  private async runGuarded(piece: Piece): Promise<() => void> {
    try {
      const value = await this.transaction.savepoint(() => piece.work(this.transaction));
      return () => piece.resolve(value);
    } catch (error) {
      if (!this.transaction.open) throw error;
      const reason = isStorageFault(error) ? this.refused(error) : error;
      return () => piece.reject(reason);
    }
  }

  private refused(cause: unknown): TransientError {
    for (const listener of this.concerned) listener();
    return unavailable(cause);
  }

  private async begin(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.transaction.begin();
        return;
      } catch (error) {
        if (attempt === BEGIN_ATTEMPTS || !isBusy(error)) throw error;
        await delay(BEGIN_RETRY_MS);
      }
    }
  }
}

/** Whether the storage, and not the statement, is at fault. */
export const isStorageFault = (error: unknown): boolean => STORAGE_FAULT.test(sqliteCodeOf(error));

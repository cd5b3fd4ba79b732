import { type Counter } from 'prom-client';
import { LockBusyError } from '../consumer/message.errors.js';
import { type KeyLock, KeyLocks } from './key-locks.js';
import { type RedisClient } from './redis-client.js';
import { TurnBatch } from './turn-batch.js';

/** How long `processed:{key}` spares repeats their look-up in the database. */
const PROCESSED_TTL_S = 24 * 60 * 60;

const MARK_SCRIPT = `for i, key in ipairs(KEYS) do redis.call('set', key, '1', 'EX', ARGV[1]) end return #KEYS`;

export interface Passage {
  /** The broker has delivered it before: a lock on its key is probably that of a consumer that is gone. */
  redelivered: boolean;
  /** Published again on purpose, to be looked at again. */
  republished: boolean;
}

/**
 * What stands in Redis before the inbox: `processed:{key}` (24 h) turns repeats away without a look into the database,
 * `lock:{key}` keeps two instances from the same work. The database decides: with Redis away, flushed or wrong about a
 * lock, the inbox's unique constraint gives the same result.
 */
export class IdempotencyGate {
  private readonly locks: KeyLocks;
  private readonly inProcess = new Map<string, Promise<void>>();
  private readonly lookups = new TurnBatch<string, boolean>((keys) => this.lookUp(keys));
  private readonly claims = new TurnBatch<string, KeyLock>((keys) => this.locks.acquire(keys));
  private readonly marks = new TurnBatch<string, undefined>((keys) => this.mark(keys));

  constructor(
    private readonly redis: RedisClient,
    private readonly skipped: Counter,
  ) {
    this.locks = new KeyLocks(redis.commands);
  }

  /**
   * Runs `work` for a key that is not processed yet, and marks the key when the work is done.
   *
   * @returns 'repeat' when the key is processed already; the work has not run then.
   * @throws LockBusyError when another instance is at it.
   * @throws what `work` throws; the key is not marked then.
   */
  async pass(key: string, passage: Passage, work: () => Promise<void>): Promise<'done' | 'repeat'> {
    // A repeat that arrives while this process works on the key waits here; both would hold the same batch's lock.
    while (this.inProcess.has(key)) await this.inProcess.get(key);
    const passing = this.passAlone(key, passage, work);
    const settled = passing.then(
      () => undefined,
      () => undefined,
    );
    this.inProcess.set(key, settled);
    try {
      return await passing;
    } finally {
      this.inProcess.delete(key);
    }
  }

  private async passAlone(key: string, passage: Passage, work: () => Promise<void>): Promise<'done' | 'repeat'> {
    if (!this.redis.up) return this.passWithoutRedis(work);
    if (!passage.republished && (await this.lookups.add(key))) return 'repeat';
    const lock = await this.claims.add(key);
    if (lock.state === 'busy' && !passage.redelivered) throw new LockBusyError(key);
    try {
      await work();
    } catch (error) {
      if (lock.state === 'held') void lock.release();
      throw error;
    }
    // Nobody waits for Redis from here on: the work is committed.
    void this.finish(key, lock);
    return 'done';
  }

  private async passWithoutRedis(work: () => Promise<void>): Promise<'done'> {
    this.skipped.inc();
    await work();
    return 'done';
  }

  private async finish(key: string, lock: KeyLock): Promise<void> {
    await this.marks.add(key);
    if (lock.state === 'held') await lock.release();
  }

  private async lookUp(keys: string[]): Promise<boolean[]> {
    try {
      const values = await this.redis.commands.mget(keys.map((key) => `processed:${key}`));
      return values.map((value) => value !== null);
    } catch {
      this.skipped.inc(keys.length);
      return keys.map(() => false);
    }
  }

  private async mark(keys: string[]): Promise<undefined[]> {
    const names = keys.map((key) => `processed:${key}`);
    try {
      await this.redis.commands.eval(MARK_SCRIPT, names.length, ...names, PROCESSED_TTL_S);
    } catch {
      this.skipped.inc(keys.length);
    }
    return keys.map(() => undefined);
  }
}

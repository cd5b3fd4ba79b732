import { reached } from '@holdfast/platform';
import { type Counter } from 'prom-client';
import { LockBusyError } from '../consumer/message.errors.js';
import { type KeyLock, KeyLocks } from './key-locks.js';
import { type RedisClient } from './redis-client.js';
import { TurnBatch } from './turn-batch.js';

/** How long `processed:{key}` spares repeats their look-up in the database. */
const PROCESSED_TTL_S = 24 * 60 * 60;

const MARK_SCRIPT = `
  for i, key in ipairs(KEYS) do redis.call('set', key, ARGV[i + 1], 'EX', ARGV[1]) end
  return #KEYS`;

export interface Passage {
  /** The key may be that of an order, and several messages of it can say different things. */
  messageId: string;
  /** The broker has delivered it before: a lock on its key is probably that of a consumer that is gone. */
  redelivered: boolean;
  /** Published again on purpose, to be looked at again. */
  republished: boolean;
}

/** What Redis knows of a key before the work. */
interface Entry {
  /** The last message that was processed under this key. */
  processed: string | null;
  lock: KeyLock;
}

interface Exit {
  key: string;
  messageId: string;
  lock: KeyLock;
}

/**
 * What stands in Redis before the inbox: `processed:{key}` (24 h) turns repeats away without a look into the database,
 * `lock:{key}` keeps two instances from the same work. The database decides: with Redis away, flushed or wrong about a
 * lock, the inbox's unique constraint gives the same result.
 */
export class IdempotencyGate {
  private readonly locks: KeyLocks;
  private readonly inProcess = new Map<string, Promise<void>>();
  private readonly entries = new TurnBatch<string, Entry>((keys) => this.enter(keys));
  private readonly exits = new TurnBatch<Exit, undefined>((exits) => this.leave(exits));

  constructor(
    private readonly redis: RedisClient,
    private readonly skipped: Counter,
  ) {
    this.locks = new KeyLocks(redis.commands);
  }

  /**
   * Runs `work` for a message that is not processed yet, and marks its key with it when the work is done.
   *
   * @returns 'repeat' when this message was the last to be processed under its key; the work has not run then.
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
    const { processed, lock } = await this.entries.add(key);
    if (processed === passage.messageId && !passage.republished) {
      releaseLater(lock);
      return 'repeat';
    }
    if (lock.state === 'busy' && !passage.redelivered) throw new LockBusyError(key);
    if (lock.state === 'held') reached('lock-taken', key);
    try {
      await work();
    } catch (error) {
      releaseLater(lock);
      throw error;
    }
    // Nobody waits for Redis from here on: the work is committed.
    void this.exits.add({ key, messageId: passage.messageId, lock });
    return 'done';
  }

  private async passWithoutRedis(work: () => Promise<void>): Promise<'done'> {
    this.skipped.inc();
    await work();
    return 'done';
  }

  /** Look-up and locks in one round trip: a repeat, which needs no lock, is rare. */
  private async enter(keys: string[]): Promise<Entry[]> {
    const [processed, locks] = await Promise.all([this.lookUp(keys), this.locks.acquire(keys)]);
    return keys.map((_key, index) => ({
      processed: processed[index] ?? null,
      lock: locks[index] ?? { state: 'no-redis' },
    }));
  }

  private async leave(exits: Exit[]): Promise<undefined[]> {
    // Redis runs a connection's commands in order: no key is free before it is marked.
    const marked = this.mark(exits);
    await Promise.all(exits.map(({ lock }) => (lock.state === 'held' ? lock.release() : undefined)));
    await marked;
    return exits.map(() => undefined);
  }

  private async lookUp(keys: string[]): Promise<(string | null)[]> {
    try {
      return await this.redis.commands.mget(keys.map((key) => `processed:${key}`));
    } catch {
      this.redis.distrust();
      this.skipped.inc(keys.length);
      return keys.map(() => null);
    }
  }

  private async mark(exits: readonly Exit[]): Promise<void> {
    const names = exits.map(({ key }) => `processed:${key}`);
    const ids = exits.map(({ messageId }) => messageId);
    try {
      await this.redis.commands.eval(MARK_SCRIPT, names.length, ...names, PROCESSED_TTL_S, ...ids);
    } catch {
      this.redis.distrust();
      this.skipped.inc(exits.length);
    }
  }
}

const releaseLater = (lock: KeyLock): void => {
  if (lock.state === 'held') void lock.release();
};

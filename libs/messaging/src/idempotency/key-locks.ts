import { type Redis } from 'ioredis';
import Redlock, { ExecutionError, type Lock, ResourceLockedError } from 'redlock';

/** Long enough for any batch, short enough that the keys of a killed process come free by themselves. */
const LOCK_MS = 10_000;

/** The lock of one key, or why there is none. */
export type KeyLock = { state: 'held'; release: () => Promise<void> } | { state: 'busy' } | { state: 'no-redis' };

/**
 * `lock:{key}` for many keys at once: SET NX with a random token and 10 s to live, released by comparing the token. All
 * keys of a batch share one token and one round trip; only where somebody else holds one of them is each key asked for
 * by itself. It keeps two instances from doing the same work at the same time and guarantees nothing: a paused holder
 * outlives its lock.
 */
export class KeyLocks {
  private readonly redlock: Redlock;

  constructor(redis: Redis) {
    this.redlock = new Redlock([redis], { retryCount: 0 });
  }

  async acquire(keys: readonly string[]): Promise<KeyLock[]> {
    const together = await this.tryAll(keys);
    if (together.state === 'held') return sharedBetween(keys.length, together.lock);
    if (together.state === 'no-redis' || keys.length === 1) return keys.map(() => ({ state: together.state }));
    return Promise.all(keys.map((key) => this.acquireOne(key)));
  }

  private async acquireOne(key: string): Promise<KeyLock> {
    const attempt = await this.tryAll([key]);
    return attempt.state === 'held' ? { state: 'held', release: () => release(attempt.lock) } : attempt;
  }

  private async tryAll(
    keys: readonly string[],
  ): Promise<{ state: 'held'; lock: Lock } | { state: 'busy' } | { state: 'no-redis' }> {
    try {
      const lock = await this.redlock.acquire(
        keys.map((key) => `lock:${key}`),
        LOCK_MS,
      );
      return { state: 'held', lock };
    } catch (error) {
      return { state: (await isHeldByAnother(error)) ? 'busy' : 'no-redis' };
    }
  }
}

function sharedBetween(count: number, lock: Lock): KeyLock[] {
  let left = count;
  const releaseOne = async () => {
    left -= 1;
    if (left === 0) await release(lock);
  };
  return Array.from({ length: count }, () => ({ state: 'held', release: releaseOne }));
}

async function release(lock: Lock): Promise<void> {
  try {
    await lock.release();
  } catch (error) {
    // Gone already, or Redis is: it ends by itself after its 10 s either way.
    if (!(error instanceof ExecutionError)) throw error;
  }
}

async function isHeldByAnother(error: unknown): Promise<boolean> {
  if (!(error instanceof ExecutionError)) throw error;
  const stats = await error.attempts[0];
  return [...(stats?.votesAgainst.values() ?? [])].some((vote) => vote instanceof ResourceLockedError);
}

import { type RedisClient } from '@holdfast/messaging';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';

/** What has been counted under a key since its window began. */
export interface Count {
  total: number;
  /** When the window ends and counting begins at 0 again, in milliseconds from now. */
  endsInMs: number;
}

/**
 * Counts by key, in windows that begin with the first thing counted. Redis counts, so that all gateways count together;
 * while it is away each counts for itself, in memory.
 */
export class SharedCounter {
  private readonly shared: RateLimiterRedis;
  private readonly own: RateLimiterMemory;

  /** @param name begins the keys in Redis. */
  constructor(
    private readonly redis: RedisClient,
    name: string,
    windowS: number,
  ) {
    // The library compares with its points only when it is asked to refuse; here it counts.
    const options = { keyPrefix: name, points: Number.MAX_SAFE_INTEGER, duration: windowS };
    this.shared = new RateLimiterRedis({ ...options, storeClient: redis.commands });
    this.own = new RateLimiterMemory(options);
  }

  /** Adds to what is counted under a key. It never fails, and takes as long as a command may take at most. */
  async add(key: string, amount: number): Promise<Count> {
    const { consumedPoints, msBeforeNext } = await this.count(key, amount);
    return { total: consumedPoints, endsInMs: msBeforeNext };
  }

  private async count(key: string, amount: number) {
    if (!this.redis.up) return this.own.penalty(key, amount);
    try {
      return await this.shared.penalty(key, amount);
    } catch {
      this.redis.distrust();
      return this.own.penalty(key, amount);
    }
  }
}

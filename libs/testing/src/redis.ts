import { type RedisServer, startRedis } from '@holdfast/local-servers';
import { newDataDir } from './data-dir.js';
import { testServers } from './servers.js';

const DATABASES = 16;

let next = process.pid;

/**
 * A database of the run's Redis. There are 16, so two test files may share one: keys carry ids that do not meet. A test
 * that flushes or stops Redis starts its own.
 */
export function newRedisUrl(): string {
  next += 1;
  return `${testServers().redisUrl}/${next % DATABASES}`;
}

/** A Redis that the test may flush, stop and start again; up in a tenth of a second. Stop it in the end. */
export const startOwnRedis = (): Promise<RedisServer> => startRedis({ dataDir: newDataDir() });

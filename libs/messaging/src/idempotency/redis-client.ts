import { type Duplex } from 'node:stream';
import { type CheckResult, type Logger, maskedUrl, messageOf } from '@holdfast/platform';
import { Redis } from 'ioredis';
import { coalesceWrites } from '../coalesce-writes.js';

const RECONNECT_MS = 1_000;
const COMMAND_TIMEOUT_MS = 500;

export interface RedisClientOptions {
  /** How long a command waits for Redis; 500 if not given. */
  commandTimeoutMs?: number;
  /** What it means for the part that Redis is away, for its health. */
  degraded?: string;
}

/**
 * Redis as an accelerator: a command fails at once while Redis is away, and is not sent twice. With ioredis' defaults a
 * command waits for ever in memory, and a SET NX that is sent again loses to its own first success.
 */
export class RedisClient {
  readonly commands: Redis;
  private wasUp: boolean | undefined;

  constructor(
    url: string,
    logger: Logger,
    private readonly options: RedisClientOptions = {},
  ) {
    this.commands = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      commandTimeout: options.commandTimeoutMs ?? COMMAND_TIMEOUT_MS,
      connectTimeout: 2_000,
      retryStrategy: () => RECONNECT_MS,
    });
    this.commands.on('connect', () => coalesceWrites(this.commands.stream as Duplex));
    this.commands.on('ready', () => {
      if (this.wasUp !== true) logger.info({ redis: maskedUrl(url) }, 'connected to Redis');
      this.wasUp = true;
    });
    this.commands.on('error', (error: unknown) => {
      if (this.wasUp !== false) {
        logger.warn(
          { reason: messageOf(error) },
          'Redis is away: going on without it, slower; trying again every second',
        );
      }
      this.wasUp = false;
    });
    this.commands.on('close', () => {
      if (this.wasUp === true) logger.warn('lost Redis: going on without it, slower; trying again every second');
      this.wasUp = false;
    });
  }

  get up(): boolean {
    return this.commands.status === 'ready';
  }

  health(): CheckResult {
    if (this.up) return { status: 'up' };
    const { degraded = 'Redis is away; the database does its work alone' } = this.options;
    return { status: 'degraded', detail: degraded };
  }

  /**
   * To be told when a command failed. A Redis that has stopped answering leaves its connection open, and every command
   * would wait for its timeout; a new connection counts as up only once Redis answers on it.
   */
  distrust(): void {
    if (this.up) this.commands.disconnect(true);
  }

  close(): void {
    this.commands.disconnect();
  }
}

import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findRedisServer } from './find-executable.js';
import { keptIdentity } from './kept-identity.js';
import { LocalServerError } from './local-server.errors.js';
import { becomesTrue } from './poll.js';
import { freePort, requireFreePort } from './ports.js';
import { redisRecordFile, stopStale } from './process-record.js';
import { answersPing } from './redis-readiness.js';
import { ServerExit, ServerProcess } from './server-process.js';

export interface RedisOptions {
  /** Holds the append-only file and the configuration; made when missing. One server at a time. */
  dataDir: string;
  /** Default: a free port, the same again at every restart of this object. */
  port?: number;
  /** Gets every line that the server prints. */
  onOutput?: (line: string) => void;
  /** Default 60 s; a start takes about 0.1 s plus the time to load its data. */
  startTimeoutMs?: number;
}

/** A Redis with append-only persistence, as a private child process that listens on 127.0.0.1 only. */
export class RedisServer {
  #process: ServerProcess | undefined;

  private constructor(
    readonly dataDir: string,
    readonly port: number,
    /** Keeps other programs of this machine out that look for any Redis on a well-known port. */
    readonly password: string,
    private readonly options: RedisOptions,
  ) {}

  /** {@link startRedis} */
  static async start(options: RedisOptions): Promise<RedisServer> {
    const dataDir = resolve(options.dataDir);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const { password } = identity(dataDir);
    const server = new RedisServer(dataDir, options.port ?? (await freePort()), password, options);
    await server.restart();
    return server;
  }

  /** redis://:password@127.0.0.1:port */
  get url(): string {
    return `redis://:${this.password}@127.0.0.1:${this.port}`;
  }

  /** The pid of the current (or last) run. */
  get pid(): number {
    return this.#current().pid;
  }

  /** Fulfils when the current run ends, for whatever reason. */
  get exited(): Promise<ServerExit> {
    return this.#current().exited;
  }

  /** Stops cleanly; SIGKILL after 10 s. Does nothing when it is not running. */
  async stop(): Promise<void> {
    await this.#process?.stop(10_000);
  }

  /** SIGKILL; returns when it is gone. */
  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  /** Starts again on the same data and port, after a clean stop if it is running. Rejects like {@link startRedis}. */
  async restart(): Promise<void> {
    await this.stop();
    const recordFile = redisRecordFile(this.dataDir);
    await stopStale(recordFile);
    await requireFreePort(this.port, 'Redis');
    const config = join(this.dataDir, 'redis.conf');
    writeFileSync(config, redisConfig(this.port, this.password), { mode: 0o600 });
    this.#process = await ServerProcess.spawn({
      command: requireRedis(),
      args: [config],
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
      cwd: this.dataDir,
      recordFile,
      onOutput: this.options.onOutput,
    });
    await this.#untilReady(this.#process);
  }

  #current(): ServerProcess {
    if (this.#process === undefined) throw new LocalServerError('START_FAILED', 'Redis has not been started.');
    return this.#process;
  }

  async #untilReady(run: ServerProcess): Promise<void> {
    const timeoutMs = this.options.startTimeoutMs ?? 60_000;
    const answered = await becomesTrue(
      async () => run.hasExited || (await answersPing(this.port, { password: this.password })),
      { timeoutMs },
    );
    if (answered && !run.hasExited) return;
    const reason = run.hasExited ? 'exited while starting' : `did not answer within ${timeoutMs / 1000} s`;
    await run.kill();
    throw new LocalServerError('START_FAILED', `Redis ${reason}. Its last lines:\n${run.lastLines().join('\n')}`);
  }
}

/**
 * Starts Redis and returns when it answers PING, its data loaded.
 * A server that a killed process left on the same `dataDir` is stopped first.
 * Rejects with LocalServerError SERVER_NOT_INSTALLED, PORT_TAKEN, DATA_DIR_IN_USE or START_FAILED.
 */
export function startRedis(options: RedisOptions): Promise<RedisServer> {
  return RedisServer.start(options);
}

/**
 * The working directory is the data directory, so no path (which may hold spaces) is needed. Snapshots are off: the
 * append-only file alone is the persistence, synced once a second.
 */
function redisConfig(port: number, password: string): string {
  return `${[
    `port ${port}`,
    'bind 127.0.0.1',
    'protected-mode yes',
    `requirepass ${password}`,
    'daemonize no',
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
  ].join('\n')}\n`;
}

function identity(dataDir: string): { password: string } {
  return keptIdentity(dataDir, () => ({ password: randomBytes(18).toString('hex') }));
}

function requireRedis(): string {
  const server = findRedisServer();
  if (server !== undefined) return server;
  throw new LocalServerError('SERVER_NOT_INSTALLED', 'redis-server is not installed on this machine.');
}

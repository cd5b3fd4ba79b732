import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import { LocalServerError } from './local-server.errors.js';
import { becomesTrue } from './poll.js';
import { freePort, requireFreePort } from './ports.js';
import { POSTGRES_USER, type PostgresCluster, prepareCluster } from './postgres-cluster.js';
import { postgresIdentity } from './postgres-identity.js';
import { asksForPassword } from './postgres-readiness.js';
import { postgresRecordFile, stopStale } from './process-record.js';
import { ServerExit, ServerProcess } from './server-process.js';

export interface PostgresOptions {
  /** Holds the cluster; made when missing. One server at a time. */
  dataDir: string;
  /** Default: a free port, the same again at every restart of this object. */
  port?: number;
  /** Gets every line that the server prints. */
  onOutput?: (line: string) => void;
  /** Default 120 s; a start takes about 0.1 s, the first one 1 s more, and one after a crash the time of its recovery. */
  startTimeoutMs?: number;
}

// An instance of a service takes 23 at most: ten that write, ten that read, its locks and its migrations. Seventeen fit.
const MAX_CONNECTIONS = 400;

/** "Fast": rolls back what runs and closes every connection. SIGTERM would wait for all clients to go. */
const STOP_SIGNAL = 'SIGINT';

/** What the last process says that a killed one's children still hold its memory; they end within moments. */
const STILL_ENDING = /shared memory block .* is still in use/;

/** A PostgreSQL with its durable defaults, as a private child process that listens on 127.0.0.1 only. */
export class PostgresServer {
  #process: ServerProcess | undefined;

  private constructor(
    readonly dataDir: string,
    readonly port: number,
    private readonly password: string,
    private readonly cluster: PostgresCluster,
    private readonly options: PostgresOptions,
  ) {}

  /** {@link startPostgres} */
  static async start(options: PostgresOptions): Promise<PostgresServer> {
    const dataDir = resolve(options.dataDir);
    // To be passed through by the server's user; what is in it is closed by itself.
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    await stopStale(postgresRecordFile(dataDir));
    const identity = postgresIdentity(dataDir);
    const cluster = await prepareCluster(dataDir, identity);
    const port = options.port ?? (await freePort());
    const server = new PostgresServer(dataDir, port, identity.password, cluster, options);
    await server.restart();
    return server;
  }

  /** postgres://holdfast:password@127.0.0.1:port/postgres: an administrator, and the database that is always there. */
  get url(): string {
    return this.urlOf('postgres');
  }

  /** The same for another database. */
  urlOf(database: string): string {
    return `postgres://${POSTGRES_USER}:${this.password}@127.0.0.1:${this.port}/${database}`;
  }

  /** Where its data is: in {@link dataDir}, or where the user is let in that it runs as. */
  get folder(): string {
    return this.cluster.folder;
  }

  /** Makes a database that is not there yet. `name` is a plain lower-case word. */
  async createDatabase(name: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
  }

  /** Whether its process is there, be it on its way up or down. */
  get isRunning(): boolean {
    return this.#process !== undefined && !this.#process.hasExited;
  }

  /** The pid of the current (or last) run. */
  get pid(): number {
    return this.#current().pid;
  }

  /** Fulfils when the current run ends, for whatever reason. */
  get exited(): Promise<ServerExit> {
    return this.#current().exited;
  }

  /** Stops cleanly, without waiting for its clients; SIGKILL after 10 s. Does nothing when it is not running. */
  async stop(): Promise<void> {
    await this.#process?.stop(10_000);
  }

  /** SIGKILL; returns when it is gone. */
  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  /** Starts again on the same data and port, after a clean stop if it is running. Rejects like {@link startPostgres}. */
  async restart(): Promise<void> {
    await this.stop();
    await stopStale(postgresRecordFile(this.dataDir));
    await requireFreePort(this.port, 'PostgreSQL');
    const deadline = Date.now() + (this.options.startTimeoutMs ?? 120_000);
    let last: string[];
    do {
      this.#process = await this.#spawn();
      if (await this.#answers(this.#process, deadline)) return;
      await this.#process.kill();
      last = this.#process.lastLines();
    } while (STILL_ENDING.test(last.join('\n')) && Date.now() < deadline);
    throw new LocalServerError('START_FAILED', `PostgreSQL did not start. Its last lines:\n${last.join('\n')}`);
  }

  #current(): ServerProcess {
    if (this.#process === undefined) throw new LocalServerError('START_FAILED', 'PostgreSQL has not been started.');
    return this.#process;
  }

  #spawn(): Promise<ServerProcess> {
    const { folder, binaries, user } = this.cluster;
    // Settings on the command line win over the cluster's file. No socket file: the way in is the port.
    const settings = {
      listen_addresses: '127.0.0.1',
      port: this.port,
      unix_socket_directories: '',
      max_connections: MAX_CONNECTIONS,
    };
    return ServerProcess.spawn({
      command: binaries.postgres,
      args: ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      cwd: folder,
      recordFile: postgresRecordFile(this.dataDir),
      onOutput: this.options.onOutput,
      user,
      stopSignal: STOP_SIGNAL,
    });
  }

  async #answers(run: ServerProcess, deadline: number): Promise<boolean> {
    const settled = async () => run.hasExited || (await asksForPassword(this.port, POSTGRES_USER));
    return (await becomesTrue(settled, { timeoutMs: deadline - Date.now() })) && !run.hasExited;
  }
}

/**
 * Starts PostgreSQL and returns when it takes connections, recovered from a crash if there was one.
 * A server that a killed process left on the same `dataDir` is stopped first.
 * As root it runs as another user, and where that one cannot enter `dataDir`, in a folder of /var/lib/holdfast.
 * Rejects with LocalServerError SERVER_NOT_INSTALLED, PORT_TAKEN, DATA_DIR_IN_USE or START_FAILED.
 */
export function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  return PostgresServer.start(options);
}

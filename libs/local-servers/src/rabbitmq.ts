import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { requireEpmd, requireRabbitmq } from './find-executable.js';
import { LocalServerError } from './local-server.errors.js';
import { becomesTrue } from './poll.js';
import { freePort, requireFreePort } from './ports.js';
import { rabbitmqRecordFile, stopStale } from './process-record.js';
import {
  type RabbitmqMembership,
  type RabbitmqPorts,
  rabbitmqEnvironment,
  writeRabbitmqFiles,
} from './rabbitmq-config.js';
import { type RabbitmqIdentity, rabbitmqIdentity } from './rabbitmq-identity.js';
import { lastErrors } from './rabbitmq-log.js';
import { managementAnswers, speaksAmqp } from './rabbitmq-readiness.js';
import { runRabbitmqctl } from './rabbitmqctl.js';
import { ServerExit, ServerProcess } from './server-process.js';

/** A clean stop flushes every queue; with a full backlog that takes seconds, not milliseconds. */
const STOP_TIMEOUT_MS = 20_000;

/** The port mapper is a member of the server's own process group, so it ends with it. */
const START_SCRIPT = '"$1" -port "$2" -address 127.0.0.1 & shift 2; exec "$@"';

export interface RabbitmqOptions {
  /** Holds data, logs, configuration and login; made when missing. One server at a time. */
  dataDir: string;
  /** Default: a free port, the same again at every restart of this object. */
  amqpPort?: number;
  managementPort?: number;
  /** Gets every line that the server prints. */
  onOutput?: (line: string) => void;
  /** Default 120 s; a start takes about 5 s on an idle machine. */
  startTimeoutMs?: number;
}

/** A RabbitMQ with the management plugin, as a private child process that listens on 127.0.0.1 only. */
export class RabbitmqServer {
  #process: ServerProcess | undefined;

  private constructor(
    readonly dataDir: string,
    private readonly ports: RabbitmqPorts,
    private readonly identity: RabbitmqIdentity,
    private readonly options: RabbitmqOptions,
    private readonly membership: RabbitmqMembership | undefined,
  ) {}

  /** Chooses its ports; {@link restart} starts it. Without a membership it is a broker of its own. */
  static async prepare(
    options: RabbitmqOptions,
    membership?: RabbitmqMembership & { identity: RabbitmqIdentity },
  ): Promise<RabbitmqServer> {
    const dataDir = resolve(options.dataDir);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const ports: RabbitmqPorts = {
      amqp: options.amqpPort ?? (await freePort()),
      management: options.managementPort ?? (await freePort()),
      distribution: await freePort(),
      epmd: membership?.epmdPort ?? (await freePort()),
    };
    return new RabbitmqServer(dataDir, ports, membership?.identity ?? rabbitmqIdentity(dataDir), options, membership);
  }

  /** amqp://user:password@127.0.0.1:port/ (the default virtual host). */
  get url(): string {
    return `amqp://${this.user}:${this.password}@127.0.0.1:${this.amqpPort}/`;
  }

  get managementUrl(): string {
    return `http://127.0.0.1:${this.managementPort}`;
  }

  get amqpPort(): number {
    return this.ports.amqp;
  }

  get managementPort(): number {
    return this.ports.management;
  }

  get user(): string {
    return this.identity.user;
  }

  get password(): string {
    return this.identity.password;
  }

  get nodeName(): string {
    return this.identity.nodeName;
  }

  /** Whether its process is there, be it on its way up or down. */
  get isRunning(): boolean {
    return this.#process !== undefined && !this.#process.hasExited;
  }

  /** The pid of the Erlang VM of the current (or last) run. */
  get pid(): number {
    return this.#current().pid;
  }

  /** Fulfils when the current run ends, for whatever reason. */
  get exited(): Promise<ServerExit> {
    return this.#current().exited;
  }

  /**
   * Stops cleanly; SIGKILL after 20 s. Does nothing when it is not running.
   * Takes about 6 s, of which RabbitMQ's management plugin waits 5 s for a call that nobody can answer any more; where
   * the data is thrown away anyway, kill() is the quick end.
   */
  async stop(): Promise<void> {
    await this.#process?.stop(STOP_TIMEOUT_MS);
  }

  /** SIGKILL to the Erlang VM, as a crash would end it; returns when it is gone. */
  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  /** Starts again on the same data and ports, after a clean stop if it is running. Rejects like {@link startRabbitmq}. */
  async restart(): Promise<void> {
    await this.stop();
    await stopStale(rabbitmqRecordFile(this.dataDir));
    await requireFreePort(this.ports.amqp, 'RabbitMQ (AMQP)');
    await requireFreePort(this.ports.management, 'the management UI of RabbitMQ');
    writeRabbitmqFiles(this.dataDir, this.identity, this.ports, this.membership);
    this.#process = await this.#spawn();
    await this.#untilReady(this.#process);
  }

  /**
   * Runs rabbitmqctl against this node and answers what it prints: what the management API cannot do
   * (`set_vm_memory_high_watermark`, `close_all_connections`, …). Takes about 2 s: it starts an Erlang VM of its own.
   */
  ctl(...args: string[]): Promise<string> {
    return runRabbitmqctl(requireRabbitmq(), this.#environment(), this.nodeName, args);
  }

  #current(): ServerProcess {
    if (this.#process === undefined) throw new LocalServerError('START_FAILED', 'RabbitMQ has not been started.');
    return this.#process;
  }

  #environment(): NodeJS.ProcessEnv {
    return rabbitmqEnvironment(this.dataDir, this.identity, this.ports);
  }

  #spawn(): Promise<ServerProcess> {
    const epmd = requireEpmd();
    const server = requireRabbitmq();
    const alone = {
      command: '/bin/sh',
      args: ['-c', START_SCRIPT, 'holdfast-rabbitmq', epmd, String(this.ports.epmd), server],
    };
    return ServerProcess.spawn({
      ...(this.membership === undefined ? alone : { command: server, args: [] }),
      env: this.#environment(),
      cwd: this.dataDir,
      recordFile: rabbitmqRecordFile(this.dataDir),
      onOutput: this.options.onOutput,
    });
  }

  async #untilReady(run: ServerProcess): Promise<void> {
    const timeoutMs = this.options.startTimeoutMs ?? 120_000;
    const ready = async () => (await speaksAmqp(this.amqpPort)) && (await managementAnswers(this));
    await becomesTrue(async () => run.hasExited || (await ready()), { timeoutMs, intervalMs: 100 });
    if (!run.hasExited && (await ready())) return;
    const reason = run.hasExited ? 'exited while starting' : `did not answer within ${timeoutMs / 1000} s`;
    await run.kill();
    throw new LocalServerError('START_FAILED', `RabbitMQ ${reason}. ${this.#explanation(run)}`);
  }

  #explanation(run: ServerProcess): string {
    const log = join(this.dataDir, 'log', `${this.nodeName}.log`);
    const errors = lastErrors(log);
    const lines = errors.length > 0 ? errors : run.lastLines();
    return `Its last lines (more in ${log}):\n${lines.join('\n')}`;
  }
}

/**
 * Starts RabbitMQ and returns when it accepts AMQP connections and its management API answers.
 * A server that a killed process left on the same `dataDir` is stopped first.
 * Rejects with LocalServerError SERVER_NOT_INSTALLED, PORT_TAKEN, DATA_DIR_IN_USE or START_FAILED.
 */
export async function startRabbitmq(options: RabbitmqOptions): Promise<RabbitmqServer> {
  const server = await RabbitmqServer.prepare(options);
  await server.restart();
  return server;
}

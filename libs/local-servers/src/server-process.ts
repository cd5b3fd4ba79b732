import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { guardProcess } from './guard.js';
import { LocalServerError } from './local-server.errors.js';
import { signal } from './process-identity.js';
import { removeRecord, type StopSignal, terminate, writeRecord } from './process-record.js';
import { type User } from './unprivileged-user.js';

/** How many lines of output are kept for the message of a failed start. */
const KEPT_LINES = 40;

/** How a server ended: its exit code, or the signal that ended it. */
export interface ServerExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ServerCommand {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Where the pid is recorded, so that a later start finds a server left behind. */
  recordFile: string;
  onOutput?: ((line: string) => void) | undefined;
  /** Whom it runs as; default: as we do. */
  user?: User | undefined;
  /** Default SIGTERM. */
  stopSignal?: StopSignal;
}

/** One run of a server: the leader of a process group of its own, so that Ctrl-C in our terminal does not reach it. */
export class ServerProcess {
  readonly exited: Promise<ServerExit>;
  #exit: ServerExit | undefined;
  readonly #lines: string[] = [];
  readonly #stopSignal: StopSignal;

  private constructor(
    child: ChildProcess,
    readonly pid: number,
    command: ServerCommand,
  ) {
    for (const stream of [child.stdout, child.stderr]) this.#collect(stream, command.onOutput);
    this.#stopSignal = command.stopSignal ?? 'SIGTERM';
    writeRecord(command.recordFile, pid, this.#stopSignal);
    const dismissGuard = guardProcess(pid, this.#stopSignal);
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, exitSignal) => {
        this.#exit = { code, signal: exitSignal };
        signal(-pid, 'SIGKILL');
        dismissGuard();
        removeRecord(command.recordFile);
        resolve(this.#exit);
      });
    });
  }

  /** Throws START_FAILED when the program cannot be executed. */
  static spawn(command: ServerCommand): Promise<ServerProcess> {
    const child = spawn(command.command, command.args, {
      ...command.user,
      cwd: command.cwd,
      env: command.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Promise((resolve, reject) => {
      child.once('error', (error) => {
        reject(new LocalServerError('START_FAILED', `${command.command} cannot be executed: ${error.message}`));
      });
      child.once('spawn', () => resolve(new ServerProcess(child, child.pid ?? 0, command)));
    });
  }

  get hasExited(): boolean {
    return this.#exit !== undefined;
  }

  /** The last lines that the server printed, oldest first. */
  lastLines(): string[] {
    return [...this.#lines];
  }

  /** The stop signal, after `timeoutMs` SIGKILL to the group; returns when the process is gone. */
  async stop(timeoutMs: number): Promise<void> {
    if (!this.hasExited) await terminate(this.pid, this.#stopSignal, () => !this.hasExited, timeoutMs);
    await this.exited;
  }

  /** SIGKILL, as a crash would end it; returns when it is gone. */
  async kill(): Promise<void> {
    if (!this.hasExited) signal(this.pid, 'SIGKILL');
    await this.exited;
  }

  #collect(stream: Readable | null, onOutput: ServerCommand['onOutput']): void {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (line) => {
      this.#lines.push(line);
      if (this.#lines.length > KEPT_LINES) this.#lines.shift();
      onOutput?.(line);
    });
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Teardown } from './teardown.js';

const STOP_TIMEOUT_MS = 15_000;
const KEPT_LINES = 20;

export interface BenchProcessOptions {
  name: string;
  /** Which of several of that name, from 1; default 1. */
  number?: number;
  /** Path of the JavaScript file. */
  script: string;
  /** The whole environment beside PATH and NODE_ENV=production. */
  env: NodeJS.ProcessEnv;
  /** Working directory, and where the output goes: `<name>.log`, of the second `<name>-2.log`. */
  dataDir: string;
}

/** A Node process under measurement, with an IPC channel. */
export class BenchProcess {
  readonly pid: number;
  /** Rejects when the process ends before it was stopped; never fulfils. */
  readonly failed: Promise<never>;
  #stopping = false;
  /** How it ended: its exit code, the signal that ended it, or why it did not start. */
  readonly #exited: Promise<string>;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    private readonly logFile: string,
  ) {
    this.pid = child.pid ?? 0;
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
      child.once('error', (error) => resolve(error.message));
    });
    this.failed = this.#exited.then((reason) => {
      if (this.#stopping) return new Promise<never>(() => undefined);
      throw new Error(`${name} ended unexpectedly (${reason}). Its last output:\n${this.#lastOutput()}`);
    });
    // Whoever waits for it sees the failure; when nobody waits any more it must not end our process.
    this.failed.catch(() => undefined);
  }

  /** Starts it and registers its stop with `teardown`. */
  static start({ name, number = 1, script, env, dataDir }: BenchProcessOptions, teardown: Teardown): BenchProcess {
    const logFile = join(dataDir, number === 1 ? `${name}.log` : `${name}-${number}.log`);
    const log = openSync(logFile, 'a');
    // Detached: Ctrl-C in the terminal reaches the benchmark only, which then stops its processes in order.
    const child = fork(script, {
      cwd: dataDir,
      // As npm start runs the services; for every process here, so that no system has it better than another.
      execArgv: ['--max-semi-space-size=64'],
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    });
    closeSync(log);
    const started = new BenchProcess(name, child, logFile);
    const killNow = () => child.kill('SIGKILL');
    process.once('exit', killNow);
    teardown.defer(name, async () => {
      await started.#stop();
      process.off('exit', killNow);
    });
    return started;
  }

  /** Sends a message and waits for the next one that the process sends. */
  ask(message: object | string): Promise<unknown> {
    const answer = this.message();
    this.child.send(message);
    return answer;
  }

  /** The next message that the process sends. */
  message(): Promise<unknown> {
    return Promise.race([new Promise((resolve) => this.child.once('message', resolve)), this.failed]);
  }

  #lastOutput(): string {
    return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-KEPT_LINES).join('\n');
  }

  async #stop(): Promise<void> {
    this.#stopping = true;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.#exited;
    clearTimeout(timer);
  }
}

import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { becomesTrue, type ServerExit, ServerProcess } from '@holdfast/local-servers';
import { Environment } from './environment.js';
import { healthStatus } from './health.js';
import { describeExit } from './keep-running.js';
import { Log } from './log.js';
import { entryOf, environmentOf, healthUrlOf, nodeFlags, Part, partRecordFile } from './parts.js';
import { StartError } from './start.errors.js';

export interface PartContext {
  root: string;
  dataDir: string;
  environment: Environment;
  log: Log;
}

/** A part as a child process, its output in the common log. */
export class PartProcess {
  #run: ServerProcess | undefined;
  #stopped = false;

  constructor(
    readonly part: Part,
    private readonly context: PartContext,
  ) {}

  get name(): string {
    return this.part.title;
  }

  /** Starts it and returns at once; see {@link becomesReady}. */
  async start(): Promise<void> {
    const { root, dataDir, environment, log } = this.context;
    const entry = entryOf(this.part, root);
    if (!existsSync(entry)) throw new StartError(`${entry} does not exist; "npm run build" makes it.`);
    const recordFile = partRecordFile(dataDir, this.part);
    mkdirSync(dirname(recordFile), { recursive: true });
    this.#run = await ServerProcess.spawn({
      command: process.execPath,
      args: [...nodeFlags, entry, ...this.part.args],
      env: environmentOf(this.part, environment),
      cwd: root,
      recordFile,
      onOutput: (line) => log.part(this.part.name, line),
    });
    if (this.#stopped) await this.#run.kill();
  }

  /** Whether it says it is ready within `timeoutMs`. Rejects as soon as it ends instead. */
  async becomesReady(timeoutMs: number): Promise<boolean> {
    const run = this.#current();
    const url = healthUrlOf(this.part, this.context.environment);
    const ready = await becomesTrue(async () => run.hasExited || (await healthStatus(url)) === 200, {
      timeoutMs,
      intervalMs: 100,
    });
    if (run.hasExited) throw new Error(`it ended while starting (${describeExit(await run.exited)})`);
    return ready;
  }

  exited(): Promise<ServerExit> {
    return this.#current().exited;
  }

  /** SIGTERM, after `timeoutMs` SIGKILL; returns when it is gone. A restart that is under way ends at once. */
  async stop(timeoutMs: number): Promise<void> {
    this.#stopped = true;
    await this.#run?.stop(timeoutMs);
  }

  async kill(): Promise<void> {
    this.#stopped = true;
    await this.#run?.kill();
  }

  /** What it printed last, as it stands in the log. */
  lastLines(): string[] {
    return this.#run?.lastLines() ?? [];
  }

  #current(): ServerProcess {
    if (this.#run === undefined) throw new Error(`${this.name} has not been started.`);
    return this.#run;
  }
}

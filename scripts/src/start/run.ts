import { LocalServerError } from '@holdfast/local-servers';
import { Environment } from './environment.js';
import { instancesOf } from './instances.js';
import { launch } from './launch.js';
import { Log } from './log.js';
import { Part } from './parts.js';
import { RunningSystem } from './running-system.js';
import { StartError, StartInterrupted } from './start.errors.js';
import { StartOptions } from './start-options.js';
import { PartStartError } from './start-parts.js';
import { onStopRequests } from './stop-requests.js';

export interface RunOptions {
  /** The repository. */
  root: string;
  parts: readonly Part[];
  options: StartOptions;
  environment: Environment;
}

/**
 * Runs the system until SIGINT, SIGTERM or SIGHUP, then ends this process: code 0 when it was asked to stop, 1 when it
 * could not start (one sentence on standard error says why).
 */
export async function run({ root, parts: known, options, environment }: RunOptions): Promise<void> {
  const parts = await instancesOf(known, options);
  const log = new Log(parts.map(({ name }) => name));
  const stopping = new AbortController();
  const system = new RunningSystem();
  const stopRequested = new Promise<void>((resolve) => {
    onStopRequests({
      first: () => {
        stopping.abort();
        resolve();
      },
      again: () => void system.killAll(),
    });
  });
  let failure: unknown;
  try {
    await launch(system, { root, parts, options, environment, log, stopping: stopping.signal });
    await stopRequested;
  } catch (error) {
    if (!(error instanceof StartInterrupted)) failure = error;
  }
  stopping.abort();
  await system.stopAll(log);
  if (failure === undefined) log.info('stopped');
  else explain(failure, log);
  process.exit(failure === undefined ? 0 : 1);
}

function explain(failure: unknown, log: Log): void {
  if (failure instanceof PartStartError) {
    log.info(`the last lines of ${failure.part.name}:`);
    for (const line of failure.part.lastLines().slice(-15)) log.part(failure.part.part.name, line);
  }
  const isForAPerson = failure instanceof StartError || failure instanceof LocalServerError;
  const message = isForAPerson ? failure.message : String((failure as Error).stack ?? failure);
  process.stderr.write(`\n${message}\n`);
}

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mergeEnvironment, readEnvFile } from '../start/environment.js';
import { StartError } from '../start/start.errors.js';
import { DemoError } from './demo.errors.js';
import { runDemo } from './demo.js';
import { findSystem } from './find-system.js';
import { Timeline } from './timeline.js';

/** It takes 5 s of work, 3 s of retries and the pauses for reading; what is not there by then does not come. */
const TIME_LIMIT_MS = 60_000;

/** Somebody reads along on a terminal; a pipe needs no time for it. */
const READING_MS = 3_000;

/** As a shell reports a program that Ctrl-C has ended: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/** `npm run demo`. Answers the exit code: 0 only if everything arrived as it is promised. */
async function main(): Promise<number> {
  const interrupted = new AbortController();
  // One Ctrl-C under npm arrives twice; neither may end the process before the webhook is deleted.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupted.abort());
  const outOfTime = AbortSignal.timeout(TIME_LIMIT_MS);
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
  try {
    const system = findSystem(mergeEnvironment(readEnvFile(root), process.env), root);
    const timeline = new Timeline(process.stdout, process.env);
    const pauseMs = process.stdout.isTTY ? READING_MS : 0;
    const signal = AbortSignal.any([interrupted.signal, outOfTime]);
    return (await runDemo({ system, timeline, pauseMs, signal })) ? 0 : 1;
  } catch (error) {
    if (interrupted.signal.aborted) {
      process.stderr.write('\nStopped before its end; its webhook is deleted.\n');
      return INTERRUPTED;
    }
    process.stderr.write(`\n${explanationOf(error, outOfTime)}\n`);
    return 1;
  }
}

function explanationOf(error: unknown, outOfTime: AbortSignal): string {
  if (outOfTime.aborted) return `Something did not arrive within ${TIME_LIMIT_MS / 1_000} s.`;
  const isForAPerson = error instanceof DemoError || error instanceof StartError;
  return isForAPerson ? error.message : String((error as Error).stack ?? error);
}

process.exit(await main());

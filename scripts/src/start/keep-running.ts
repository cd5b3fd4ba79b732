import { setTimeout as sleep } from 'node:timers/promises';
import { ServerExit } from '@holdfast/local-servers';
import { Log } from './log.js';

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** Whoever ran this long has recovered: its next failure is a first one again. */
const STABLE_MS = 60_000;

/** A process of the system that is started again when it ends by itself. */
export interface Restartable {
  name: string;
  /** Fulfils when its current run ends. */
  exited: () => Promise<ServerExit>;
  /** Fulfils when it is ready again, rejects with the reason when it is not going to be. */
  restart: () => Promise<void>;
}

/** 1 s after the first failure in a row, doubling, at most 30 s. */
export function restartDelayMs(failures: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), LONGEST_DELAY_MS);
}

/** Starts `process` again whenever it ends, until `stopping`. Never rejects. */
export async function keepRunning(process: Restartable, log: Log, stopping: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stopping.aborted) {
    const upSince = Date.now();
    const exit = await process.exited();
    if (stopping.aborted) return;
    if (Date.now() - upSince > STABLE_MS) failures = 0;
    log.warn(`${process.name} ended (${describeExit(exit)})`);
    failures = await restartUntilReady(process, failures, log, stopping);
  }
}

/** Answers how many failures in a row there were. */
async function restartUntilReady(
  process: Restartable,
  failuresBefore: number,
  log: Log,
  stopping: AbortSignal,
): Promise<number> {
  for (let failures = failuresBefore + 1; ; failures += 1) {
    const delayMs = restartDelayMs(failures);
    log.info(`${process.name} is started again in ${delayMs / 1_000} s`);
    await sleep(delayMs, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return failures;
    try {
      await process.restart();
      log.info(`${process.name} is ready again`);
      return failures;
    } catch (error) {
      if (stopping.aborted) return failures;
      log.warn(`${process.name} did not come up: ${(error as Error).message.split('\n', 1)[0]}`);
    }
  }
}

export function describeExit({ code, signal }: ServerExit): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}

import { Log } from './log.js';
import { PartContext, PartProcess } from './part-process.js';
import { Part } from './parts.js';
import { RunningSystem } from './running-system.js';
import { StartError, StartInterrupted } from './start.errors.js';

/** A part that migrates a large database takes a while; one that hangs should be named within a minute. */
const READY_TIMEOUT_MS = 60_000;

/**
 * Starts parts and returns when all of them are ready; each is added to `system` as it comes up.
 * Rejects with PartStartError, or with StartInterrupted once `stopping` is aborted.
 */
export async function startParts(
  system: RunningSystem,
  parts: readonly Part[],
  { stopping, ...context }: PartContext & { stopping: AbortSignal },
): Promise<void> {
  if (parts.length === 0) return;
  const { log } = context;
  const started: PartProcess[] = [];
  for (const part of parts) {
    const process = new PartProcess(part, context);
    await process.start();
    system.parts.push(process);
    started.push(process);
  }
  log.info(`waiting for ${started.map(({ name }) => name).join(', ')} …`);
  await Promise.race([Promise.all(started.map((part) => untilReady(part, log))), untilAborted(stopping)]);
  if (stopping.aborted) throw new StartInterrupted();
}

async function untilReady(part: PartProcess, log: Log): Promise<void> {
  const started = Date.now();
  let reason = `it is not ready after ${READY_TIMEOUT_MS / 1_000} s`;
  try {
    if (await part.becomesReady(READY_TIMEOUT_MS)) {
      log.info(`${part.name} is ready (${((Date.now() - started) / 1_000).toFixed(1)} s)`);
      return;
    }
  } catch (error) {
    reason = (error as Error).message;
  }
  throw new PartStartError(part, reason);
}

/** Carries the part, so that its last lines can be shown after everything else has stopped talking. */
export class PartStartError extends StartError {
  constructor(
    readonly part: PartProcess,
    reason: string,
  ) {
    super(`${part.name} does not start: ${reason}.`);
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

import { messageOf } from './errors.js';
import { type Logger } from './logging/logger.js';

/** The longest a part takes to stop; what is in flight then comes again from the broker. */
const STOP_TIMEOUT_MS = 15_000;

/**
 * Stops the part once on SIGTERM or SIGINT, and makes a fault that nobody handled end the process: a process that goes
 * on after one may hold messages that it will never answer, while one that ends is started again and they come again.
 *
 * @param drainMs how long `stop` goes on as before first; what it takes at most is counted from then.
 */
export function stopOnSignals(logger: Logger, stop: () => Promise<void>, drainMs = 0): void {
  let stopping = false;
  const shutDown = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping: finishing what is in flight');
    const timeoutMs = drainMs + STOP_TIMEOUT_MS;
    const deadline = setTimeout(() => {
      logger.error({ timeoutMs }, 'did not stop in time; unfinished messages will be delivered again');
      process.exit(1);
    }, timeoutMs);
    deadline.unref();
    try {
      await stop();
      logger.info('stopped');
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'failed while stopping');
      process.exit(1);
    }
  };
  process.on('SIGTERM', () => void shutDown('SIGTERM'));
  process.on('SIGINT', () => void shutDown('SIGINT'));
  process.on('uncaughtException', (error) => crash(logger, error));
  process.on('unhandledRejection', (reason) => crash(logger, reason));
}

function crash(logger: Logger, reason: unknown): void {
  logger.fatal({ err: reason }, `ending after an error that nothing handled: ${messageOf(reason)}`);
  process.exit(1);
}

/** Runs a part's start; a failure is one clear line and a non-zero exit. */
export async function startPart(part: string, start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${part} did not start: ${messageOf(error)}\n`);
    process.exit(1);
  }
}

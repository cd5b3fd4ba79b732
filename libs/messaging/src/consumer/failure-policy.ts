import { messageOf, PermanentError, TransientError } from '@holdfast/platform';
import { RETRY_DELAYS_MS } from '../topology.js';
import { type DeadLetterReason, LockBusyError, MessageError } from './message.errors.js';

/** What becomes of a message whose handling failed. `attempt` is what its header says from then on. */
export type Verdict =
  | { kind: 'retry'; delayMs: number; attempt: number }
  | { kind: 'dead-letter'; reason: DeadLetterReason; detail: string };

/** With the delays of the topology: about 75 minutes of trying, enough to free a disk or bring a database back. */
export const MAX_ATTEMPTS = 12;

/**
 * The one place that turns an error into a fate.
 *
 * @param attempt how many attempts have failed before this one; 0 at the first.
 */
export function judge(error: unknown, attempt: number): Verdict {
  if (error instanceof MessageError) return { kind: 'dead-letter', reason: error.reason, detail: error.message };
  if (error instanceof LockBusyError) return { kind: 'retry', delayMs: RETRY_DELAYS_MS[0], attempt };
  if (!(error instanceof TransientError))
    return { kind: 'dead-letter', reason: 'handler-failed', detail: detailOf(error) };
  if (attempt + 1 >= MAX_ATTEMPTS) {
    return { kind: 'dead-letter', reason: 'retries-exhausted', detail: detailOf(error) };
  }
  return { kind: 'retry', delayMs: delayAfter(attempt), attempt: attempt + 1 };
}

const delayAfter = (attempt: number): number =>
  RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)] ?? RETRY_DELAYS_MS[0];

const detailOf = (error: unknown): string =>
  error instanceof PermanentError || error instanceof TransientError
    ? `${error.code}: ${error.message}`
    : messageOf(error);

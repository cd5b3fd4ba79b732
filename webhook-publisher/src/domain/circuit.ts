/** Failures in a row after which an endpoint is left alone for a while. One that was slow counts for several. */
const OPENS_AFTER = 10;
const SLOW_COUNTS = 4;

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;

/**
 * A circuit breaker: an endpoint that fails again and again gets one attempt now and then instead of all that is due, so
 * that its events do not use up their attempts on an outage, and the attempts do not use up what others need.
 */
export interface Circuit {
  failures: number;
  /** Until when nothing is sent, in milliseconds of a clock that nobody sets; 0 while the circuit is closed. */
  openUntil: number;
  pauseMs: number;
}

export const closedCircuit: Circuit = { failures: 0, openUntil: 0, pauseMs: FIRST_PAUSE_MS };

export const isOpen = ({ openUntil }: Circuit): boolean => openUntil > 0;

/** How many attempts may be on their way at `now`: none while it is open, one when its pause is over. */
export function allowedBy({ openUntil }: Circuit, now: number): number {
  if (openUntil === 0) return Number.POSITIVE_INFINITY;
  return now >= openUntil ? 1 : 0;
}

export const afterSuccess = (): Circuit => closedCircuit;

export function afterFailure({ failures, openUntil, pauseMs }: Circuit, now: number, slow = false): Circuit {
  // Attempts that were on their way when it opened say nothing new.
  if (openUntil > now) return { failures, openUntil, pauseMs };
  const counted = failures + (slow ? SLOW_COUNTS : 1);
  if (counted < OPENS_AFTER) return { failures: counted, openUntil: 0, pauseMs };
  return { failures: counted, openUntil: now + pauseMs, pauseMs: Math.min(2 * pauseMs, MAX_PAUSE_MS) };
}

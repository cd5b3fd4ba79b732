/** Failures in a row after which an endpoint is left alone for a while. */
const OPENS_AFTER = 10;

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;

/**
 * A circuit breaker: an endpoint that fails again and again gets one attempt now and then instead of all that is due, so
 * that its events do not use up their attempts on an outage, and the attempts do not use up what others need.
 */
export interface Circuit {
  failures: number;
  /** Unix milliseconds until when nothing is sent; 0 while the circuit is closed. */
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

export function afterFailure({ failures, openUntil, pauseMs }: Circuit, now: number): Circuit {
  // Attempts that were on their way when it opened say nothing new.
  if (openUntil > now) return { failures, openUntil, pauseMs };
  if (failures + 1 < OPENS_AFTER) return { failures: failures + 1, openUntil: 0, pauseMs };
  return { failures: failures + 1, openUntil: now + pauseMs, pauseMs: Math.min(2 * pauseMs, MAX_PAUSE_MS) };
}

import { MAX_HOLD_MS } from './judge-attempt.js';
import { type RetrySchedule } from './retry-schedule.js';

/**
 * Clocks that NTP keeps differ by milliseconds, and nobody minds waiting this much longer: nearer than that no two clocks
 * are told apart, and nothing is moved.
 */
export const CLOCK_TOLERANCE_MS = 60_000;

/** Whether a time that tells when something was done is so far ahead that our clock cannot have said it. */
export const isAhead = (at: number, now: number): boolean => at > now + CLOCK_TOLERANCE_MS;

/** A delivery that is not finished and has its turn. */
export interface Scheduled {
  dueAt: number;
  /** Failed attempts of this round. */
  tries: number;
  /** Somebody sends it, or was killed while he did; it is due when his lease ends. */
  leased: boolean;
}

/** For how long a delivery waits at most. */
export interface LongestWaits {
  schedule: Pick<RetrySchedule, 'longestPauseAfter'>;
  leaseMs: number;
}

/**
 * The time to which a delivery is moved that is due later than our clock would ever say: the longest that it could have
 * to wait from now. So a lease of somebody who lives is never ended early, whatever his clock says.
 *
 * @returns undefined where our clock may have said it.
 */
export function mendedDueAt(
  { dueAt, tries, leased }: Scheduled,
  now: number,
  { schedule, leaseMs }: LongestWaits,
): number | undefined {
  const untried = tries === 0 ? 0 : schedule.longestPauseAfter(tries);
  const latest = now + (leased ? leaseMs : untried);
  return isAhead(dueAt, latest) ? latest : undefined;
}

/**
 * Until when an endpoint is left alone that asked for it by a clock that was ahead: for as long as it asked for, from now.
 *
 * @param hold `at` is when it asked; null where nobody noted it.
 * @returns undefined where our clock may have said it.
 */
export function mendedHold({ until, at }: { until: number; at: number | null }, now: number): number | undefined {
  if (at !== null && isAhead(at, now)) return now + (until - at);
  return isAhead(until, now + MAX_HOLD_MS) ? now + MAX_HOLD_MS : undefined;
}

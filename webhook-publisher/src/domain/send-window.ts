/**
 * How many callbacks may be on their way to one endpoint at a time: one more with every success, one less with a quick
 * failure, half with a slow one. A new endpoint, and one that hangs, holds few of the connections that all share; one that
 * is quick soon has its full width, and keeps it through a failure now and then.
 */
export interface SendWindow {
  width: number;
  standing: Standing;
}

/**
 * How long it holds a connection, by its last attempt: `proven` is quick, be it a success or a failure, `suspect` is slow;
 * `unproven` has had none yet.
 */
export type Standing = 'unproven' | 'proven' | 'suspect';

/** An answer that takes longer holds its connection for so long that a few such endpoints could hold them all. */
const SLOW_MS = 1_000;

export const isSlow = (durationMs: number): boolean => durationMs > SLOW_MS;

export const firstWindow: SendWindow = { width: 1, standing: 'unproven' };

export function widened({ width }: SendWindow, durationMs: number, maxWidth: number): SendWindow {
  return { width: Math.min(width + 1, maxWidth), standing: standingOf(durationMs) };
}

export function narrowed({ width }: SendWindow, durationMs: number): SendWindow {
  const narrow = isSlow(durationMs) ? Math.floor(width / 2) : width - 1;
  return { width: Math.max(1, narrow), standing: standingOf(durationMs) };
}

const standingOf = (durationMs: number): Standing => (isSlow(durationMs) ? 'suspect' : 'proven');

/** Connections by the standing of the endpoints that hold them. */
export type Held = Record<Standing, number>;

/**
 * Whether an endpoint of this standing may take another connection. Those that are suspect share half of all, and with
 * those that are not proven yet three quarters: the last quarter is for those that are quick, however many hang.
 */
export function mayTake(standing: Standing, held: Held, concurrency: number): boolean {
  const { unproven, proven, suspect } = held;
  if (unproven + proven + suspect >= concurrency) return false;
  if (standing === 'proven') return true;
  if (unproven + suspect >= atLeastOne((concurrency * 3) / 4)) return false;
  return standing === 'unproven' || suspect < atLeastOne(concurrency / 2);
}

const atLeastOne = (share: number): number => Math.max(1, Math.floor(share));

/** An order that is PENDING for this long is asked for again: far beyond the usual few milliseconds. */
export const FIRST_ASK_MS = 30_000;

const MAX_PAUSE_MS = 3_600_000;

/**
 * The pause before the next ask, doubling from 30 s to an hour: an order whose request lies in the dead letters must not
 * fill them with copies.
 *
 * @param asks how often it has been asked for again.
 */
export const pauseAfter = (asks: number): number => Math.min(FIRST_ASK_MS * 2 ** Math.min(asks, 20), MAX_PAUSE_MS);

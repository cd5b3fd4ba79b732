/** Slots are given for this long ahead: what waits longer stays in the database, for whoever is free then. */
export const AHEAD_MS = 1_000;

/**
 * When each of the next callbacks of a subscription with a rate may go out: evenly spaced, so that no second has more than
 * its share, whoever counts and from when.
 *
 * @param nextSlotAt the first slot that is not taken yet, Unix milliseconds.
 * @returns at most `limit` times, from now to a second ahead.
 */
export function slotsFrom(nextSlotAt: number, maxPerSecond: number, now: number, limit: number): number[] {
  // Slots that are taken are never further ahead than this; if they are, the clock was set back.
  const first = nextSlotAt > now + 2 * AHEAD_MS ? now : Math.max(nextSlotAt, now);
  const slots: number[] = [];
  for (let slot = 0; slot < limit; slot += 1) {
    // Multiplied, not added up: a thousand roundings would add up to a slot.
    const at = first + (slot * 1000) / maxPerSecond;
    if (at >= now + AHEAD_MS) break;
    slots.push(Math.ceil(at));
  }
  return slots;
}

// A UUIDv7 begins with 48 bits of time.
const TIME_DIGITS = 12;

/**
 * A text before every UUIDv7 of a millisecond and behind every one made before it (RFC 9562, section 5.7): its version is
 * 0, where theirs is 7. A range of time becomes a range of the primary key by it.
 *
 * @param at Unix milliseconds; before 1970 there are no ids.
 */
export const beforeIdsOf = (at: number): string => `${timePart(at)}-0000-0000-000000000000`;

/** A text behind every UUIDv7 of a millisecond and before every one made after it. */
export const behindIdsOf = (at: number): string => `${timePart(at)}-ffff-ffff-ffffffffffff`;

function timePart(at: number): string {
  const hex = Math.max(0, at).toString(16).padStart(TIME_DIGITS, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

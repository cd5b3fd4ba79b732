import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import { z } from 'zod';

const RANDOM_BYTES = 16;
const pool = new Uint8Array(256 * RANDOM_BYTES);
let used = pool.length;

// A call into the operating system for every id costs four times the rest of it.
function randomBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.subarray(used - RANDOM_BYTES, used);
}

/** A new UUIDv7 (RFC 9562): sorts by time of creation, so that primary keys append to their index. */
export const newId = (): string => v7({ rng: randomBytes });

const UUID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether a text has the form of a UUID, of any version. */
export const isUuid = (text: string): boolean => UUID_FORM.test(text);

const UUID_V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7/i;

/** When a UUIDv7 was made, in Unix milliseconds (RFC 9562, section 5.7); undefined for any other text. */
export function timeOfId(id: string): number | undefined {
  const [, high, low] = UUID_V7.exec(id) ?? [];
  return high !== undefined && low !== undefined && isUuid(id) ? Number.parseInt(high + low, 16) : undefined;
}

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

export const idSchema = z.string().regex(UUID_FORM, 'must be a UUID').describe('UUIDv7');

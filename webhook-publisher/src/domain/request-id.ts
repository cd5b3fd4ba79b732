import { createHash } from 'node:crypto';
import { isUuid } from '@holdfast/contracts';

/**
 * The id that a request gives to what it makes: its own, so that it meets it again however often it is delivered. A
 * request published by hand may have an id that is no UUID; a UUIDv8 is made from it.
 */
export const idOfRequest = (messageId: string): string =>
  isUuid(messageId) ? messageId.toLowerCase() : uuidOf(messageId);

/** RFC 9562, section 5.8: a UUID whose bits are ours to choose, here those of a hash. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

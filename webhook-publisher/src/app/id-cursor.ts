import { isUuid } from '@holdfast/contracts';

/** The cursor of the page behind an id: opaque to callers, so that its meaning may change. */
export const cursorAfter = (id: string): string => Buffer.from(id, 'utf8').toString('base64url');

/** The id in a cursor, or undefined when it is none of ours. */
export function idOf(cursor: string): string | undefined {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  // Node's decoder skips what is not base64url; encoding again shows whether it did.
  return isUuid(id) && cursorAfter(id) === cursor ? id : undefined;
}

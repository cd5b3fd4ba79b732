import { type Reply, refused } from '@holdfast/contracts';
import { cursorAfter } from './id-cursor.js';

export const badCursor = <T>(): Reply<T> =>
  refused('VALIDATION_FAILED', 'cursor: must be the nextCursor of the page before');

/**
 * A page, and the cursor of the next one.
 *
 * @param found one more than `limit` tells that there is a next page.
 */
export function pageOf<T extends { id: string }, View>(
  found: readonly T[],
  limit: number,
  view: (item: T) => View,
): { data: View[]; nextCursor: string | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { data: page.map(view), nextCursor: last && found.length > limit ? cursorAfter(last.id) : null };
}

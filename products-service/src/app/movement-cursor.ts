/** The cursor of the page behind a movement: opaque to callers, so that its meaning may change. */
export const cursorAfter = (position: number): string => Buffer.from(String(position), 'utf8').toString('base64url');

/** The position in a cursor, or undefined when it is none of ours. */
export function positionOf(cursor: string): number | undefined {
  const position = Number(Buffer.from(cursor, 'base64url').toString('utf8'));
  // Written again it has to be the same: a number has many forms, and Node's decoder skips what is not base64url.
  return Number.isSafeInteger(position) && position > 0 && cursorAfter(position) === cursor ? position : undefined;
}

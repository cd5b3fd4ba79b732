/** A strong validator: the version counts every change of what is shown. */
export const etagOf = (shown: { version: number }): string => `"${shown.version}"`;

/**
 * Whether `If-None-Match` names this validator (RFC 9110 section 13.1.2: `*` or a list, compared weakly), so that the
 * caller has the current state already.
 */
export function isCurrent(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((candidate) => {
    const tag = candidate.trim();
    return tag === '*' || tag === etag || tag === `W/${etag}`;
  });
}

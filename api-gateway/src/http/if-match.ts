import { ProblemError } from './problem.js';
import { invalid } from './validate.js';

// RFC 9110 section 8.8.3. A comma may stand within the quotes, so the list is not to be split at commas.
const ENTITY_TAG = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`;
// Section 5.6.1.2: a recipient takes empty elements. White space belongs to the comma before it only, so that there is
// one way to read it.
const LIST = new RegExp(`^[ \\t]*(?:,[ \\t]*)*${ENTITY_TAG}(?:[ \\t]*,[ \\t]*${ENTITY_TAG}|[ \\t]*,)*[ \\t]*$`);
const STRONG_VERSION = /(W\/)?"([^"]*)"/g;
const VERSION = /^[1-9][0-9]*$/;

/** The version in a tag, or undefined where it is none of ours. */
type VersionReader = (tag: string) => number | undefined;

/** Of a tag as {@link etagOf} writes it. */
const versionIn: VersionReader = (tag) => (VERSION.test(tag) ? Number(tag) : undefined);

/**
 * Which state `If-Match` asks for (RFC 9110 section 13.1.1, compared strongly): a version as {@link etagOf} writes it;
 * `any` for `*`; `none` where no state can be the one that is meant, because only weak tags or tags that are not ours are
 * named. Of several versions it is the highest: versions only grow, so no lower one that the caller has seen is current.
 *
 * @returns undefined where there is no condition.
 * @throws ProblemError VALIDATION_FAILED for a header that is no list of entity tags: ignoring it would lose an update,
 * and 412 would have the caller read and try again for ever.
 */
export function wantedVersionOf(
  header: string | undefined,
  readVersion: VersionReader = versionIn,
): number | 'any' | 'none' | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'any';
  if (!LIST.test(header)) {
    throw invalid('header', [{ header: 'If-Match', detail: 'must be * or a list of entity tags such as "7"' }]);
  }
  const versions = [...header.matchAll(STRONG_VERSION)]
    .filter(([, weak]) => weak === undefined)
    .map(([, , tag]) => readVersion(String(tag)))
    .filter((version) => Number.isSafeInteger(version))
    .map(Number);
  return versions.length > 0 ? Math.max(...versions) : 'none';
}

/**
 * The condition of a change, as it travels to the service that holds it against the current version.
 *
 * @param readVersion where the resource has other tags than {@link etagOf} writes.
 * @throws ProblemError VALIDATION_FAILED as {@link wantedVersionOf} does; VERSION_MISMATCH where no state can match.
 */
export function conditionOf(ifMatch: string | undefined, readVersion?: VersionReader): { ifVersion?: number } {
  const wanted = wantedVersionOf(ifMatch, readVersion);
  if (wanted === 'none') {
    const detail = 'If-Match names no ETag of this resource; weak ones, which start with W/, never match.';
    throw new ProblemError('VERSION_MISMATCH', detail);
  }
  return typeof wanted === 'number' ? { ifVersion: wanted } : {};
}

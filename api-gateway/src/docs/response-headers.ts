import { type ErrorCode, errorCodes } from '@holdfast/contracts';
import { RATE_LIMIT_HEADERS } from '../http/limits/rate-limit-headers.js';
import { type JsonSchema } from './json-schema.js';

const number = (description: string) => ({ description, schema: { type: 'integer', minimum: 0 } });
const optionalRetryAfter = () => number('seconds after which to repeat the request; with IDEMPOTENCY_KEY_IN_USE');

/**
 * Headers that many answers have, by name: the `headers` that operations refer to. A limit that is switched off is not
 * told of, so that the headers of limits are never required.
 */
export const componentHeaders = () => ({
  ...Object.fromEntries(Object.entries(RATE_LIMIT_HEADERS).map(([name, description]) => [name, number(description)])),
  'Retry-After': { ...number('seconds after which to repeat the request'), required: true },
  'WWW-Authenticate': {
    description: 'how to authenticate',
    required: true,
    schema: { type: 'string', pattern: '^Bearer' },
  },
});

type Name = keyof typeof RATE_LIMIT_HEADERS | 'Retry-After' | 'WWW-Authenticate';

const referTo = (names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** What every answer to a caller with a key tells of the limit. */
export const rateLimitHeaders = () => referTo(['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset']);

/** What headers that answers describe themselves look like; `required` where no such answer is without. */
const OWN_HEADERS = {
  ETag: { required: true, schema: { type: 'string', pattern: '^"[0-9.]+"$' } },
  Location: { required: true, schema: { type: 'string', pattern: '^/', format: 'uri-reference' } },
  'Idempotency-Replayed': { required: false, schema: { type: 'string', enum: ['true'] } },
  'Preference-Applied': { required: false, schema: { type: 'string', pattern: '^wait=[0-9]+$' } },
} satisfies Record<string, { required: boolean; schema: JsonSchema }>;

/** Descriptions of headers, by their names. */
export type OwnHeaders = Partial<Record<keyof typeof OWN_HEADERS, string>>;

/** Headers of an answer, by name, from what each means there. */
export const ownHeaders = (meanings: OwnHeaders) =>
  Object.fromEntries(
    Object.entries(meanings).map(([name, description]) => [
      name,
      { description, ...OWN_HEADERS[name as keyof OwnHeaders] },
    ]),
  );

const OF_STATUS: Record<number, readonly Name[]> = {
  [errorCodes.UNAUTHENTICATED.status]: ['WWW-Authenticate'],
  [errorCodes.TOO_MANY_REQUESTS.status]: ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'Retry-After'],
  [errorCodes.OVERLOADED.status]: ['Retry-After'],
};

/** What a problem document of this status comes with, where these codes share it. */
export function problemHeaders(status: (typeof errorCodes)[ErrorCode]['status'], codes: readonly ErrorCode[]) {
  const names = OF_STATUS[status];
  if (names) return referTo(names);
  if (!codes.includes('IDEMPOTENCY_KEY_IN_USE')) return {};
  return codes.length === 1 ? referTo(['Retry-After']) : { 'Retry-After': optionalRetryAfter() };
}

import { type ErrorCode, errorCodes } from '@holdfast/contracts';
import { RATE_LIMIT_HEADERS } from '../http/limits/rate-limit-headers.js';

const text = (description: string) => ({ description, schema: { type: 'string' } });
const number = (description: string) => ({ description, schema: { type: 'integer', minimum: 0 } });

/** Headers that many answers have, by name: the `headers` that operations refer to. */
export const componentHeaders = () => ({
  ...Object.fromEntries(Object.entries(RATE_LIMIT_HEADERS).map(([name, description]) => [name, number(description)])),
  'Retry-After': number('seconds after which to repeat the request'),
  'WWW-Authenticate': text('how to authenticate'),
});

type Name = keyof typeof RATE_LIMIT_HEADERS | 'Retry-After' | 'WWW-Authenticate';

const referTo = (names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** What every answer to a caller with a key tells of the limit. */
export const rateLimitHeaders = () => referTo(['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset']);

const OF_STATUS: Record<number, readonly Name[]> = {
  [errorCodes.UNAUTHENTICATED.status]: ['WWW-Authenticate'],
  [errorCodes.TOO_MANY_REQUESTS.status]: ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'Retry-After'],
  [errorCodes.OVERLOADED.status]: ['Retry-After'],
};

/** What a problem document of this status comes with, where these codes share it. */
export const problemHeaders = (status: (typeof errorCodes)[ErrorCode]['status'], codes: readonly ErrorCode[]) =>
  referTo(OF_STATUS[status] ?? (codes.includes('IDEMPOTENCY_KEY_IN_USE') ? ['Retry-After'] : []));

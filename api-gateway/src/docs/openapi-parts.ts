import { type ErrorCode, errorCodes } from '@holdfast/contracts';
import { type z } from 'zod';
import { type JsonSchema, jsonContent } from './json-schema.js';
import { examplesOf } from './problem-examples.js';
import { type OwnHeaders, ownHeaders, problemHeaders, rateLimitHeaders } from './response-headers.js';

const PROBLEM_MEDIA_TYPE = 'application/problem+json';

type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: JsonSchema;
};

/** What every operation may be refused with, also one that asks for no key and no service. */
export const WITHOUT_KEY: readonly ErrorCode[] = [
  'MALFORMED_REQUEST',
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
  'INTERNAL',
];

/** What every operation that asks a service may be refused with. */
export const ALWAYS: readonly ErrorCode[] = [
  ...WITHOUT_KEY,
  'UNAUTHENTICATED',
  'TOO_MANY_REQUESTS',
  'BROKER_UNAVAILABLE',
  'DATABASE_UNAVAILABLE',
  'OVERLOADED',
  'ANSWER_TIMEOUT',
];

/** What every operation that reads a body may be refused with besides. */
export const WITH_BODY: readonly ErrorCode[] = [
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
];

export function header(name: string, description: string): Parameter {
  return { name, in: 'header', required: false, description, schema: { type: 'string' } };
}

export function query(name: string, description: string, schema: JsonSchema): Parameter {
  return { name, in: 'query', required: false, description, schema };
}

export function path(name: string, description: string, schema: JsonSchema): Parameter {
  return { name, in: 'path', required: true, description, schema };
}

export function ifNoneMatch(): Parameter {
  return header('If-None-Match', 'an ETag; 304 while it is current');
}

export function ifMatch(): Parameter {
  return header('If-Match', 'an ETag; 412 when it is not current any more');
}

export function idempotencyKey(): Parameter {
  return header(
    'Idempotency-Key',
    '1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within ' +
      'one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead ' +
      'letters of one queue. There another request under it is refused with 422; in another of them it is another key',
  );
}

/** What every operation that takes an `Idempotency-Key` may be refused with besides. */
export const WITH_IDEMPOTENCY: readonly ErrorCode[] = ['IDEMPOTENCY_KEY_IN_USE', 'IDEMPOTENCY_KEY_REUSED'];

/** Of the header `Idempotency-Replayed`; what a repeat is answered with is for the operation to say. */
export const REPLAYED =
  '`true` when nothing new was made: an earlier request with the same key did what this one asks for';

/** `limit` of a list of these things. */
export function limit(things: string, limits: z.ZodNumber): Parameter {
  const schema = { type: 'integer', minimum: limits.minValue, maximum: limits.maxValue };
  return query('limit', `${things} per page; 50 if not given`, schema);
}

export function cursor(): Parameter {
  return query('cursor', 'nextCursor of the page before', { type: 'string' });
}

/** An answer with a body of this schema; `headers` are their descriptions by name. */
export function answer(description: string, schema: string, headers: OwnHeaders = {}) {
  return { ...emptyAnswer(description, headers), content: jsonContent(schema) };
}

/** The same without a body. */
export function emptyAnswer(description: string, headers: OwnHeaders = {}) {
  return { description, headers: { ...ownHeaders(headers), ...rateLimitHeaders() } };
}

/** The answers to a request that may carry `If-None-Match`. */
export function conditional(description: string, schema: string) {
  const headers = { ETag: 'validator' };
  return { 200: answer(description, schema, headers), 304: emptyAnswer('It is still current', headers) };
}

/** One answer per status; the codes that share it are in its description. */
export function problems(codes: readonly ErrorCode[]) {
  const statuses = [...new Set(codes.map((code) => errorCodes[code].status))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = codes.filter((code) => errorCodes[code].status === status);
      const content = jsonContent('Problem', PROBLEM_MEDIA_TYPE);
      return [
        status,
        {
          description: ofStatus.map((code) => `${code}: ${errorCodes[code].title}`).join('. '),
          headers: problemHeaders(status, ofStatus),
          content: { [PROBLEM_MEDIA_TYPE]: { ...content[PROBLEM_MEDIA_TYPE], examples: examplesOf(ofStatus) } },
        },
      ];
    }),
  );
}

import { type ErrorCode } from '@holdfast/contracts';
import { HttpException } from '@nestjs/common';
import { ProblemError } from './problem.js';

export const MAX_BODY_BYTES = 100_000;

const INTERNAL_DETAIL = 'Nothing is known about the outcome. Give the requestId when you report it.';

/** What Fastify calls the ways in which a request can be refused before it reaches a handler. */
const FASTIFY_PROBLEMS: Record<string, { code: ErrorCode; detail: string }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'BODY_TOO_LARGE', detail: `The body may have ${MAX_BODY_BYTES} bytes.` },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'Send the body as Content-Type: application/json; only POST /products/import takes text/csv.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'MALFORMED_REQUEST',
    detail: 'The body has another length than Content-Length says.',
  },
  FST_ERR_BAD_URL: { code: 'MALFORMED_REQUEST', detail: 'The path is not percent-encoded UTF-8.' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'URI_TOO_LONG', detail: 'One segment of the path is longer than any id or sku.' },
};

/** The one place that turns whatever was thrown into what the caller is told. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  // Nest wraps what Fastify throws.
  const cause = error instanceof HttpException && error.cause instanceof Error ? error.cause : error;
  const known = FASTIFY_PROBLEMS[fastifyCodeOf(cause)];
  if (known) return new ProblemError(known.code, known.detail, {}, { cause });
  const status = statusOf(error);
  if (status === 404) return new ProblemError('NOT_FOUND', 'No resource has this path.', {}, { cause });
  if (status >= 400 && status < 500) {
    return new ProblemError('MALFORMED_REQUEST', 'The request cannot be read.', {}, { cause });
  }
  return new ProblemError('INTERNAL', INTERNAL_DETAIL, {}, { cause });
}

const fastifyCodeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;
}

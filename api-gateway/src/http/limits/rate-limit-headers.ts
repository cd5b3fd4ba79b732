import { type FastifyReply } from 'fastify';
import { ProblemError } from '../problem.js';
import { type Verdict } from './client-budgets.js';

/** Of what is told of the limit in every answer, as draft-ietf-httpapi-ratelimit-headers had it up to version 7. */
export const RATE_LIMIT_HEADERS = {
  'RateLimit-Limit': 'requests that a client may make in one window',
  'RateLimit-Remaining': 'how many of them are left',
  'RateLimit-Reset': 'seconds until the window ends',
} as const;

/**
 * Tells the caller of the limit, whatever the answer will be.
 *
 * @throws ProblemError TOO_MANY_REQUESTS where nothing is left of it.
 */
export function holdAgainstLimit(reply: FastifyReply, { allowed, limit, remaining, resetS }: Verdict): void {
  reply.header('ratelimit-limit', limit).header('ratelimit-remaining', remaining).header('ratelimit-reset', resetS);
  if (allowed) return;
  throw tooManyRequests(`This client has made the ${limit} requests that it may make at a time.`, resetS);
}

/** A refusal that ends by itself. */
export const tooManyRequests = (why: string, retryAfterS: number): ProblemError =>
  new ProblemError('TOO_MANY_REQUESTS', `${why} Nothing was done. Repeat the request in ${retryAfterS} s.`, {
    headers: { 'retry-after': String(retryAfterS) },
  });

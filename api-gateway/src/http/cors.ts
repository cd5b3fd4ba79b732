import { type FastifyReply, type FastifyRequest } from 'fastify';

// What browsers let a page read only if it is named here.
const EXPOSED = [
  'ETag',
  'Idempotency-Replayed',
  'Location',
  'Preference-Applied',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'WWW-Authenticate',
].join(', ');

const TAKEN = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'Prefer',
  'traceparent',
].join(', ');

const METHODS = 'GET, HEAD, POST, PATCH, DELETE';

// The longest that Chromium remembers a preflight.
const PREFLIGHT_S = 7_200;

/**
 * Lets pages of these origins, and no others, read answers (the CORS protocol of the Fetch standard). No credentials of
 * the browser are involved: a page sends its key itself.
 */
export class CrossOrigin {
  private readonly origins: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.origins = new Set(origins);
  }

  /**
   * Sets what the browser asks for, on whatever the answer will be.
   *
   * @returns true for a preflight, which is answered by then: it carries no key, and what it asks about needs one anyway.
   */
  handle(request: FastifyRequest, reply: FastifyReply): boolean {
    if (this.origins.size === 0) return false;
    // Also for other origins: a cache must not give the answer for one to another.
    reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !this.origins.has(origin)) return false;
    reply.header('access-control-allow-origin', origin);
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
      reply.header('access-control-expose-headers', EXPOSED);
      return false;
    }
    reply
      .code(204)
      .header('access-control-allow-methods', METHODS)
      .header('access-control-allow-headers', TAKEN)
      .header('access-control-max-age', PREFLIGHT_S)
      .send();
    return true;
  }
}

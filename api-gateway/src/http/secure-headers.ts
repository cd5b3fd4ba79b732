import { type FastifyReply, type FastifyRequest } from 'fastify';
import { isDocsPath } from '../docs/docs-paths.js';

const COMMON = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

const HSTS = 'max-age=31536000';

/** An answer of the API: data, which no browser has a reason to render, frame or store. */
const API_HEADERS = {
  ...COMMON,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

/** The docs page runs its own scripts, from here only; its UI library sets inline styles and data: images. */
const DOCS_HEADERS = {
  ...COMMON,
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
};

/** Sets the security headers of an answer; a route that knows better, as about caching, sets its own over them. */
export function secureHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(isDocsPath(request.raw.url) ? DOCS_HEADERS : API_HEADERS);
  // Only over TLS (RFC 6797 section 7.2), which ends at a trusted proxy.
  if (request.protocol === 'https') reply.header('strict-transport-security', HSTS);
}

import { type FastifyReply, type FastifyRequest } from 'fastify';
import { isDocsPath } from '../docs/docs-paths.js';

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

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
}

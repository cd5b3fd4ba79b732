import { type FastifyInstance } from 'fastify';
import { ProblemError } from './problem.js';

/** Header fields of one request; a browser behind two proxies sends not half as many. */
const MAX_HEADERS = 100;

/**
 * Refuses requests that have too many header fields. From some number on Node drops them in silence: without its
 * `Idempotency-Key` an order would be placed twice. This limit is far below that one, and says what is wrong.
 */
export function refuseManyHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', ({ raw }, _reply, done) => {
    // Names and values in turn.
    const count = raw.rawHeaders.length / 2;
    if (count <= MAX_HEADERS) done();
    else done(new ProblemError('HEADERS_TOO_LARGE', `A request may have ${MAX_HEADERS} header fields, not ${count}.`));
  });
}

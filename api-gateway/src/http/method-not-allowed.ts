import { METHODS } from 'node:http';
import { type FastifyInstance, type FastifyRequest, type RouteOptions } from 'fastify';
import { ProblemError } from './problem.js';

/** The methods that each path takes. */
type MethodsByPath = Map<string, Set<string>>;

/**
 * Starts to note which methods each path takes.
 *
 * @returns a function to call when all routes are there: every other method on these paths is answered 405 with `Allow`,
 * before its body is read.
 */
export function refuseOtherMethods(server: FastifyInstance): () => void {
  const taken: MethodsByPath = new Map();
  server.addHook('onRoute', ({ url, method }: RouteOptions) => {
    // The router takes a path with and without a slash at its end for one.
    const path = url.length > 1 && url.endsWith('/') ? url.slice(0, -1) : url;
    const methods = taken.get(path) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    taken.set(path, methods);
  });
  return () => {
    // CONNECT never gets this far: Node hands it to a handler of its own.
    const known = METHODS.filter((method) => method !== 'CONNECT');
    for (const method of known) {
      if (!server.supportedMethods.includes(method)) server.addHttpMethod(method, { hasBody: true });
    }
    for (const [url, methods] of [...taken]) refuse(server, url, methods, known);
  };
}

function refuse(server: FastifyInstance, url: string, allowed: ReadonlySet<string>, known: readonly string[]): void {
  const allow = [...allowed].join(', ');
  const method = known.filter((one) => !allowed.has(one));
  const answer = async (request: FastifyRequest) => {
    throw new ProblemError('METHOD_NOT_ALLOWED', `${request.method} is not for this path; ${allow} is.`, {
      headers: { allow },
    });
  };
  server.route({ url, method, config: { access: 'open' }, onRequest: answer, handler: answer });
}

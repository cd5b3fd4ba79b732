import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Principal } from '../api-keys.js';
import { ASYNCAPI_PATH, isDocsPath, OPENAPI_PATH } from '../docs/docs-paths.js';
import { type Admission } from './admission.js';
import { ProblemError } from './problem.js';
import { RouteOption } from './route-option.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the request; null on routes that are open to everyone. */
    principal: Principal | null;
  }
}

type Access = 'open' | 'any-key' | 'operator';

const OPEN_PATHS = new Set(['/health/live', '/health/ready', '/metrics', OPENAPI_PATH, ASYNCAPI_PATH]);

/** Lets operators' keys only call a route; without it any key may. */
export const OperatorOnly = () => RouteOption({ access: 'operator' satisfies Access });

/**
 * Asks for an API key on every route that is not known to be open. It is a hook of the server and no guard of Nest's,
 * because it comes before the body is read: who has no key, or comes too often, makes us parse nothing.
 */
export function authenticate(server: FastifyInstance, admission: Admission): void {
  server.decorateRequest('principal', null);
  server.addHook('onRoute', (route) => {
    const access = accessOf(route.url, route.config);
    if (access === 'open') return;
    route.onRequest = (request, reply, done) => {
      const enter = (principal: Principal) => {
        requireRole(principal, access);
        request.principal = principal;
      };
      try {
        const principal = admission.admit(request, reply);
        if (principal instanceof Promise) {
          principal.then(enter).then(() => done(), done);
          return;
        }
        enter(principal);
      } catch (error) {
        done(error as Error);
        return;
      }
      done();
    };
  });
}

/** Who makes this request, on a route that asks for a key. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new Error(`${request.method} ${request.url} is open and has no principal`);
  return request.principal;
}

function accessOf(url: string, config: unknown): Access {
  if (typeof config === 'object' && config !== null && 'access' in config) return config.access as Access;
  return OPEN_PATHS.has(url) || isDocsPath(url) ? 'open' : 'any-key';
}

function requireRole({ role }: Principal, access: Exclude<Access, 'open'>): void {
  if (access === 'operator' && role !== 'operator') {
    throw new ProblemError('FORBIDDEN', 'This needs the key of an operator.');
  }
}

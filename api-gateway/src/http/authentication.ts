import { RouteConfig } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type KeyRing, type Principal, type Role } from '../api-keys.js';
import { isDocsPath, OPENAPI_PATH } from '../docs/docs-paths.js';
import { ProblemError } from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the request; null on routes that are open to everyone. */
    principal: Principal | null;
  }
}

type Access = 'open' | 'any-key' | 'operator';

const OPEN_PATHS = new Set(['/health/live', '/health/ready', '/metrics', OPENAPI_PATH]);

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

/** Lets operators' keys only call a route; without it any key may. */
export const OperatorOnly = () => RouteConfig({ access: 'operator' satisfies Access });

/**
 * Asks for an API key on every route that is not known to be open. It is a hook of the server and no guard of Nest's,
 * because it comes before the body is read: who has no key makes us parse nothing.
 */
export function authenticate(server: FastifyInstance, keys: KeyRing): void {
  server.decorateRequest('principal', null);
  server.addHook('onRoute', (route) => {
    const access = accessOf(route.url, route.config);
    if (access === 'open') return;
    route.onRequest = (request, _reply, done) => {
      try {
        request.principal = admit(request, keys, access);
        done();
      } catch (error) {
        done(error as Error);
      }
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

function admit(request: FastifyRequest, keys: KeyRing, access: Access): Principal {
  const { authorization } = request.headers;
  if (authorization === undefined) throw unauthenticated('Send an API key as Authorization: Bearer <key>.', 'Bearer');
  const secret = BEARER.exec(authorization)?.[1];
  const principal = secret === undefined ? undefined : keys.authenticate(secret);
  if (!principal) throw unauthenticated('This API key is not known.', 'Bearer error="invalid_token"');
  const needed: Role | undefined = access === 'operator' ? 'operator' : undefined;
  if (needed && principal.role !== needed) throw new ProblemError('FORBIDDEN', 'This needs the key of an operator.');
  return principal;
}

/** With the challenge of RFC 6750 section 3. */
const unauthenticated = (detail: string, challenge: string): ProblemError =>
  new ProblemError('UNAUTHENTICATED', detail, { headers: { 'www-authenticate': challenge } });

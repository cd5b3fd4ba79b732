import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type KeyRing, type Principal } from '../api-keys.js';
import { addressOf } from './client-address.js';
import { holdAgainstLimit, tooManyRequests } from './limits/rate-limit-headers.js';
import { type RequestLimits } from './limits/request-limits.js';
import { type WrongKeys } from './limits/wrong-keys.js';
import { ProblemError } from './problem.js';

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

/** Tells who makes a request, and whether it may come now. */
export class Admission {
  constructor(
    private readonly keys: KeyRing,
    private readonly limits: RequestLimits,
  ) {}

  /**
   * Admits a request, at once unless something has to be counted first.
   *
   * @throws ProblemError UNAUTHENTICATED, TOO_MANY_REQUESTS
   */
  admit(request: FastifyRequest, reply: FastifyReply): Principal | Promise<Principal> {
    const principal = this.identify(request);
    if (principal instanceof Promise) return principal;
    const verdict = this.limits.budgets?.take(principal.clientId);
    if (verdict instanceof Promise) {
      return verdict.then((late) => {
        holdAgainstLimit(reply, late);
        return principal;
      });
    }
    if (verdict) holdAgainstLimit(reply, verdict);
    return principal;
  }

  private identify(request: FastifyRequest): Principal | Promise<never> {
    const { authorization } = request.headers;
    if (authorization === undefined) throw unauthenticated('Send an API key as Authorization: Bearer <key>.', 'Bearer');
    const secret = BEARER.exec(authorization)?.[1];
    if (secret === undefined) throw unknownKey();
    const principal = this.keys.authenticate(secret);
    const { wrongKeys } = this.limits;
    if (wrongKeys) return this.resist(wrongKeys, addressOf(request), principal);
    if (!principal) throw unknownKey();
    return principal;
  }

  private resist(wrongKeys: WrongKeys, address: string, principal: Principal | undefined): Principal | Promise<never> {
    const refusedForS = wrongKeys.refusedForS(address);
    if (refusedForS > 0) {
      if (principal && wrongKeys.isKnown(address, principal.clientId)) return principal;
      throw tooManyWrongKeys(refusedForS);
    }
    if (!principal) return refuseWrongKey(wrongKeys, address);
    wrongKeys.right(address, principal.clientId);
    return principal;
  }
}

async function refuseWrongKey(wrongKeys: WrongKeys, address: string): Promise<never> {
  await wrongKeys.wrong(address);
  const refusedForS = wrongKeys.refusedForS(address);
  throw refusedForS > 0 ? tooManyWrongKeys(refusedForS) : unknownKey();
}

const tooManyWrongKeys = (refusedForS: number): ProblemError =>
  tooManyRequests('Too many wrong API keys came from this address.', refusedForS);

const unknownKey = (): ProblemError => unauthenticated('This API key is not known.', 'Bearer error="invalid_token"');

/** With the challenge of RFC 6750 section 3. */
const unauthenticated = (detail: string, challenge: string): ProblemError =>
  new ProblemError('UNAUTHENTICATED', detail, { headers: { 'www-authenticate': challenge } });

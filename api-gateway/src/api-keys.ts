import { hash, timingSafeEqual } from 'node:crypto';

export type Role = 'client' | 'operator';

/** Who makes a request. */
export interface Principal {
  role: Role;
  clientId: string;
}

export interface ApiKey {
  principal: Principal;
  /** SHA-256 of the secret; the secret itself is not kept. */
  digest: Buffer;
}

const MIN_SECRET_LENGTH = 16;

const CLIENT_ID = /^[A-Za-z0-9._-]{1,64}$/;

// What fits behind "Bearer " (b64token, RFC 6750 section 2.1); anything else could be configured and never sent.
const BEARER_TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

/**
 * A hash that is fast to compute, and no password hash: those are slow to make guesses expensive, and a secret made of
 * random bytes cannot be guessed whatever a guess costs. Slowness would be paid by every request.
 */
const digestOf = (secret: string): Buffer => hash('sha256', secret, 'buffer');

// No secret begins like this: a colon cannot be sent.
const HASHED = 'sha256:';
const DIGEST = /^[0-9a-f]{64}$/i;

/**
 * Reads `role:client:secret` or `role:client:sha256:<digest of the secret in hexadecimal>`, several separated by commas.
 * One client may have several keys, so that a key can be replaced without a gap.
 *
 * @returns the keys and every problem there is. A problem names an entry by its position and quotes nothing: with the
 * fields in a wrong order any of them may be the secret.
 */
export function parseApiKeys(text: string): { keys: ApiKey[]; problems: string[] } {
  const keys: ApiKey[] = [];
  const problems: string[] = [];
  const positions = new Map<string, number>();
  text.split(',').forEach((entry, index) => {
    const position = index + 1;
    const [role, clientId, ...rest] = entry.trim().split(':');
    const secret = rest.join(':');
    const faults = faultsOf(role, clientId, secret);
    problems.push(...faults.map((fault) => `entry ${position}: ${fault}`));
    if (faults.length > 0) return;
    const digest = digestIn(secret);
    const twin = positions.get(digest.toString('hex'));
    if (twin !== undefined) problems.push(`entries ${twin} and ${position} have the same secret`);
    positions.set(digest.toString('hex'), position);
    keys.push({ principal: { role: role as Role, clientId: clientId as string }, digest });
  });
  return { keys, problems };
}

const digestIn = (secret: string): Buffer =>
  secret.startsWith(HASHED) ? Buffer.from(secret.slice(HASHED.length), 'hex') : digestOf(secret);

function faultsOf(role: string | undefined, clientId: string | undefined, secret: string): string[] {
  if (clientId === undefined || secret === '') return ['must be role:client:secret'];
  const faults: string[] = [];
  if (role !== 'client' && role !== 'operator') faults.push('the role must be client or operator');
  if (!CLIENT_ID.test(clientId)) {
    faults.push('the client must be 1 to 64 letters, digits, dots, dashes or underscores');
  }
  return [...faults, ...faultsOfSecret(secret)];
}

function faultsOfSecret(secret: string): string[] {
  if (secret.startsWith(HASHED)) {
    return DIGEST.test(secret.slice(HASHED.length)) ? [] : [`${HASHED} must be followed by 64 hexadecimal digits`];
  }
  const faults: string[] = [];
  if (secret.length < MIN_SECRET_LENGTH) faults.push(`the secret has fewer than ${MIN_SECRET_LENGTH} characters`);
  if (!BEARER_TOKEN.test(secret)) faults.push('the secret may hold letters, digits and . _ ~ + / - only, = at its end');
  return faults;
}

/** The configured keys. */
export class KeyRing {
  constructor(private readonly keys: readonly ApiKey[]) {}

  /**
   * Whose secret this is. Every key is compared, in constant time: how long it takes says neither how much of a guess
   * was right nor which key it came near to.
   */
  authenticate(secret: string): Principal | undefined {
    const digest = digestOf(secret);
    let found: Principal | undefined;
    for (const key of this.keys) {
      if (timingSafeEqual(digest, key.digest)) found = key.principal;
    }
    return found;
  }
}

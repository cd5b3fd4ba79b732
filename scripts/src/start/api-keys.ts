import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Environment } from './environment.js';
import { keep, readKept } from './kept-file.js';

const HASHED = 'sha256:';

export interface ApiKey {
  role: string;
  client: string;
  /** What goes after `Authorization: Bearer`, or `sha256:` and the hash of it. */
  secret: string;
}

export interface ApiKeys {
  /** What the gateway gets as API_KEYS: `role:client:secret`, comma-separated; hashes of secrets that were made here. */
  value: string;
  keys: ApiKey[];
  /** Only keys that were made here may be printed; those of the environment are somebody's secret. */
  madeHere: boolean;
}

/** The keys of API_KEYS; entries that are not `role:client:secret` are left to the gateway, which refuses them. */
export function parseApiKeys(value: string): ApiKey[] {
  return value
    .split(',')
    .map((entry) => entry.trim().split(':'))
    .filter((fields) => fields.length >= 3)
    .map(([role = '', client = '', ...secret]) => ({ role, client, secret: secret.join(':') }));
}

/** API_KEYS for a gateway, which only compares: with hashes in the place of secrets, its environment gives none away. */
export function hashedApiKeys(keys: readonly ApiKey[]): string {
  return keys.map(({ role, client, secret }) => `${role}:${client}:${hashed(secret)}`).join(',');
}

const hashed = (secret: string): string =>
  secret.startsWith(HASHED) ? secret : HASHED + createHash('sha256').update(secret).digest('hex');

/** One client and one operator, 24 random bytes each. */
export function makeApiKeys(random: (bytes: number) => Buffer = randomBytes): string {
  const secret = () => random(24).toString('base64url');
  return `client:demo-shop:${secret()},operator:ops:${secret()}`;
}

/** API_KEYS, or else the keys kept in `DATA_DIR/api-keys`; undefined where there are none yet. */
export function findApiKeys(environment: Environment, dataDir: string): ApiKeys | undefined {
  if (environment.API_KEYS !== undefined) return apiKeys(environment.API_KEYS, false);
  const kept = readKept(fileIn(dataDir));
  return kept === undefined ? undefined : apiKeys(kept, true);
}

/** Like {@link findApiKeys}, but makes them at first start (mode 0600). */
export function provideApiKeys(environment: Environment, dataDir: string): ApiKeys {
  const found = findApiKeys(environment, dataDir);
  if (found !== undefined) return found;
  const value = makeApiKeys();
  keep(fileIn(dataDir), value);
  return apiKeys(value, true);
}

/** A key of a role that can be used from here: of one that is given as a hash only its owner has the secret. */
export function keyOf(keys: Pick<ApiKeys, 'keys'>, role: 'client' | 'operator'): ApiKey | undefined {
  return keys.keys.find((key) => key.role === role && !key.secret.startsWith(HASHED));
}

const fileIn = (dataDir: string): string => join(dataDir, 'api-keys');

/** What somebody gives is passed on as it is, for the gateway to say what is wrong: of a hash it cannot. */
function apiKeys(value: string, madeHere: boolean): ApiKeys {
  const keys = parseApiKeys(value);
  return { value: madeHere ? hashedApiKeys(keys) : value, keys, madeHere };
}

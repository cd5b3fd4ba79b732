import { findApiKeys, keyOf } from '../start/api-keys.js';
import { dataDirOf, Environment } from '../start/environment.js';
import { baseUrlOf, parts } from '../start/parts.js';
import { DemoError } from './demo.errors.js';

export interface FoundSystem {
  /** The gateway's, without a slash at its end. */
  url: string;
  /** The secret of a client's API key. */
  key: string;
}

/**
 * Where the running system is, as `npm start` would start it: HOLDFAST_URL, else the gateway's port on this machine;
 * API_KEYS, else the keys that it made. Throws DemoError where there are none.
 */
export function findSystem(environment: Environment, root: string): FoundSystem {
  const keys = findApiKeys(environment, dataDirOf(environment, root));
  if (keys === undefined) throw new DemoError(`There are no API keys yet: ${START_IT}`);
  const client = keyOf(keys, 'client');
  if (client === undefined)
    throw new DemoError('API_KEYS holds no client key in plain text, and the demo orders as a client does.');
  return { url: urlOf(environment), key: client.secret };
}

export const START_IT = 'start the system with "npm start" in another terminal, then try again.';

function urlOf(environment: Environment): string {
  const { HOLDFAST_URL } = environment;
  if (HOLDFAST_URL !== undefined) return HOLDFAST_URL.replace(/\/+$/, '');
  const gateway = parts.find(({ name }) => name === 'gateway');
  if (gateway === undefined) throw new Error('there is no gateway among the parts');
  return baseUrlOf(gateway, environment);
}

import { randomBytes } from 'node:crypto';
import { keptIdentity } from './kept-identity.js';

/** What a data directory's cluster is called and what opens it. */
export interface PostgresIdentity {
  /** Names it among others, where it cannot be in the data directory. */
  name: string;
  password: string;
}

/**
 * The identity of the cluster in `dataDir`. The name is not derived from the path: a directory that was moved finds its
 * cluster again, and one that was deleted and made anew does not find the old one, whose password it has not.
 */
export function postgresIdentity(dataDir: string): PostgresIdentity {
  return keptIdentity(dataDir, () => ({
    name: `cluster-${randomBytes(8).toString('hex')}`,
    password: randomBytes(18).toString('hex'),
  }));
}

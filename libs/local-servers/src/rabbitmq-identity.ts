import { randomBytes } from 'node:crypto';
import { keptIdentity } from './kept-identity.js';

/** What a data directory's server is called and who may log in; RabbitMQ's data belongs to its node name. */
export interface RabbitmqIdentity {
  nodeName: string;
  user: string;
  password: string;
}

/**
 * The identity of the server in `dataDir`. It lies beside the data instead of being derived from the path, so that a
 * directory that was moved still finds its queues.
 */
export function rabbitmqIdentity(dataDir: string): RabbitmqIdentity {
  return keptIdentity(dataDir, () => ({
    nodeName: `holdfast-${randomBytes(5).toString('hex')}@localhost`,
    user: 'holdfast',
    password: randomBytes(18).toString('hex'),
  }));
}

/** What the nodes of a cluster share. */
export interface RabbitmqClusterIdentity {
  /** What the names of its nodes begin with. */
  name: string;
  user: string;
  password: string;
  /** Erlang's shared secret. */
  cookie: string;
}

/** The identity of the cluster in `dataDir`. */
export function rabbitmqClusterIdentity(dataDir: string): RabbitmqClusterIdentity {
  return keptIdentity(dataDir, () => ({
    name: `holdfast-${randomBytes(5).toString('hex')}`,
    user: 'holdfast',
    password: randomBytes(18).toString('hex'),
    cookie: randomBytes(18).toString('hex'),
  }));
}

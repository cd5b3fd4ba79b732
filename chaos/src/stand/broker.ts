import { randomBytes } from 'node:crypto';
import {
  type ManagementAccess,
  managementRequest,
  type RabbitmqServer,
  startRabbitmq,
  startRabbitmqCluster,
} from '@holdfast/local-servers';

/** RabbitMQ as a whole: one node, or a cluster of three. */
export interface Broker {
  nodes: readonly RabbitmqServer[];
  /** The node that leads a quorum queue; undefined while none does. */
  leaderOf(queue: string): Promise<RabbitmqServer | undefined>;
  /** Starts a node again on its data; resolves when it has joined the others. */
  restart(node: RabbitmqServer): Promise<void>;
  /** A node that runs. @throws Error when none does. */
  readonly alive: ManagementAccess & { url: string };
  destroy(): Promise<void>;
}

export async function startBroker(nodes: 1 | 3, dataDir: string): Promise<Broker> {
  if (nodes === 3) {
    const cluster = await startRabbitmqCluster({ dataDir, nodes });
    return {
      nodes: cluster.nodes,
      leaderOf: (queue) => cluster.leaderOf(queue),
      restart: (node) => cluster.restart(node),
      get alive() {
        return running(cluster.nodes);
      },
      destroy: () => cluster.destroy(),
    };
  }
  const server = await startRabbitmq({ dataDir });
  return {
    nodes: [server],
    leaderOf: async () => (server.isRunning ? server : undefined),
    restart: (node) => node.restart(),
    get alive() {
      return running([server]);
    },
    destroy: () => server.kill(),
  };
}

function running(nodes: readonly RabbitmqServer[]): RabbitmqServer {
  const node = nodes.find(({ isRunning }) => isRunning);
  if (node) return node;
  throw new Error('no node of RabbitMQ runs');
}

export interface BrokerLogin {
  user: string;
  password: string;
}

/** A user who may do everything with messages; it is still there when nodes were killed. */
export async function addUser(broker: Broker, user: string): Promise<BrokerLogin> {
  const password = randomBytes(24).toString('base64url');
  await put(broker, `/api/users/${user}`, { password, tags: '' });
  await put(broker, `/api/permissions/%2F/${user}`, { configure: '.*', write: '.*', read: '.*' });
  return { user, password };
}

async function put({ alive }: Broker, path: string, content: object): Promise<void> {
  const { status, body } = await managementRequest(alive, 'PUT', path, { body: content });
  if (status !== 201 && status !== 204) throw new Error(`RabbitMQ answered ${status} to ${path}: ${body}`);
}

/** Deletes a queue with what it holds, as an operator may by mistake; its consumers are cancelled. */
export async function deleteQueue(broker: Broker, queue: string): Promise<void> {
  const { status, body } = await managementRequest(broker.alive, 'DELETE', `/api/queues/%2F/${queue}`);
  if (status !== 204) throw new Error(`RabbitMQ answered ${status} to the deletion of ${queue}: ${body}`);
}

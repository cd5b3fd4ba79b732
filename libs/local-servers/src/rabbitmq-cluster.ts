import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LocalServerError } from './local-server.errors.js';
import { type ManagementAccess, managementRequest } from './management-request.js';
import { becomesTrue } from './poll.js';
import { startPortMapper } from './port-mapper.js';
import { freePort } from './ports.js';
import { type RabbitmqOptions, RabbitmqServer } from './rabbitmq.js';
import { type RabbitmqClusterIdentity, rabbitmqClusterIdentity } from './rabbitmq-identity.js';
import { runningNodes } from './rabbitmq-readiness.js';
import { type ServerProcess } from './server-process.js';

export interface RabbitmqClusterOptions extends Pick<RabbitmqOptions, 'dataDir' | 'onOutput'> {
  /** Default 3, the fewest of which one may be lost. */
  nodes?: number;
  /** For each node; default 120 s: the others are starting on the same cores. */
  startTimeoutMs?: number;
}

/** Where the replicas of a quorum queue are, by node name. */
export interface QuorumQueueMembers {
  leader: string;
  members: string[];
  /** Those members whose replica runs. */
  online: string[];
}

const DEFAULT_NODES = 3;
const START_TIMEOUT_MS = 120_000;

/** A node counts as running before the others know that it is, and its replicas take a moment to catch up. */
const JOIN_TIMEOUT_MS = 60_000;

/** Several RabbitMQ nodes that form one broker, as private child processes that listen on 127.0.0.1 only. */
export class RabbitmqCluster {
  private constructor(
    /** In the order in which {@link urls} names them. */
    readonly nodes: readonly RabbitmqServer[],
    private readonly portMapper: ServerProcess,
  ) {}

  /** {@link startRabbitmqCluster} */
  static async start(options: RabbitmqClusterOptions): Promise<RabbitmqCluster> {
    const dataDir = resolve(options.dataDir);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const identity = rabbitmqClusterIdentity(dataDir);
    const epmdPort = await freePort();
    const nodes: RabbitmqServer[] = [];
    for (let number = 1; number <= (options.nodes ?? DEFAULT_NODES); number += 1) {
      nodes.push(await prepareNode({ ...options, dataDir }, identity, epmdPort, number));
    }
    const cluster = new RabbitmqCluster(nodes, await startPortMapper(dataDir, epmdPort));
    try {
      await cluster.#startAll();
      return cluster;
    } catch (error) {
      await cluster.destroy();
      throw error;
    }
  }

  /** The nodes' amqp:// URLs, all with the same login and the default virtual host. */
  get urls(): string[] {
    return this.nodes.map(({ url }) => url);
  }

  /** Of the current (or last) runs of its nodes, and of their port mapper. */
  get pids(): number[] {
    return [...this.nodes, this.portMapper].map(({ pid }) => pid);
  }

  /** For requests to the management API, by way of a node that runs. Throws REQUEST_FAILED when none does. */
  get management(): ManagementAccess {
    const node = this.nodes.find(({ isRunning }) => isRunning);
    if (node !== undefined) return node;
    throw new LocalServerError('REQUEST_FAILED', 'No node of the cluster runs.');
  }

  /** The node of that name ("holdfast-…-2@localhost"), or the one on which the broker of that URL listens. */
  node(nameOrUrl: string): RabbitmqServer {
    const node = this.nodes.find((candidate) => candidate.nodeName === nameOrUrl || isAt(candidate, nameOrUrl));
    if (node !== undefined) return node;
    throw new LocalServerError('REQUEST_FAILED', 'The cluster has no such node.');
  }

  /** SIGKILL to one node's Erlang VM, as a crash would end it; returns when it is gone. */
  async kill(node: RabbitmqServer): Promise<void> {
    await node.kill();
  }

  /**
   * Starts a node again on its data and ports, after a clean stop if it is running; returns when every running node sees it. Its
   * replicas may still be catching up: {@link replicasAreOnline}. Rejects like {@link startRabbitmqCluster}.
   */
  async restart(node: RabbitmqServer): Promise<void> {
    await node.restart();
    await this.#untilJoined();
  }

  /** Where a quorum queue is; undefined while there is none of that name, or its leader is being elected. */
  async membersOf(queue: string, vhost = '/'): Promise<QuorumQueueMembers | undefined> {
    const path = `/api/queues/${encodeURIComponent(vhost)}/${encodeURIComponent(queue)}`;
    const { status, body } = await managementRequest(this.management, 'GET', path);
    if (status !== 200) return undefined;
    const { leader, members, online } = JSON.parse(body) as {
      [K in keyof QuorumQueueMembers]?: QuorumQueueMembers[K] | null;
    };
    // A classic queue has none of them; a quorum queue has them, and null for a leader that is not elected yet.
    return leader && members && online ? { leader, members, online } : undefined;
  }

  /** The node that leads a quorum queue; undefined while none that runs does. */
  async leaderOf(queue: string, vhost = '/'): Promise<RabbitmqServer | undefined> {
    const found = await this.membersOf(queue, vhost);
    return this.nodes.find((node) => node.isRunning && node.nodeName === found?.leader);
  }

  /** Whether a quorum queue has a replica on every node, and all of them run. */
  async replicasAreOnline(queue: string, vhost = '/'): Promise<boolean> {
    const found = await this.membersOf(queue, vhost);
    return this.nodes.every(({ nodeName }) => found?.online.includes(nodeName) === true);
  }

  /** Stops cleanly; SIGKILL after 20 s. The data stays for another start. */
  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
    await this.portMapper.stop(5_000);
  }

  /** SIGKILL to everything: the quick end where the data is thrown away anyway. */
  async destroy(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    await this.portMapper.kill();
  }

  /**
   * At the first start the others join the first node, which has to be there. Later the node that was the last to stop has to
   * be, and the others wait for it: nobody knows which one it is, so all are started at once.
   */
  async #startAll(): Promise<void> {
    const [first, ...others] = this.nodes;
    const isFirstStart = first !== undefined && !existsSync(join(first.dataDir, 'data', first.nodeName));
    if (isFirstStart) await first.restart();
    const starts = (isFirstStart ? others : this.nodes).map((node) => node.restart());
    // One that fails is thrown when the others have ended: what is still being started could not be killed.
    await Promise.allSettled(starts);
    await Promise.all(starts);
    await this.#untilJoined();
  }

  async #untilJoined(): Promise<void> {
    const running = this.nodes.filter(({ isRunning }) => isRunning);
    const names = running.map(({ nodeName }) => nodeName);
    const allSeeAll = async () => {
      const views = await Promise.all(running.map(runningNodes));
      return views.every((view) => names.every((name) => view.includes(name)));
    };
    if (await becomesTrue(allSeeAll, { timeoutMs: JOIN_TIMEOUT_MS, intervalMs: 200 })) return;
    throw new LocalServerError(
      'START_FAILED',
      `The nodes of RabbitMQ did not find each other within ${JOIN_TIMEOUT_MS / 1000} s: ${names.join(', ')}`,
    );
  }
}

/**
 * Starts a cluster of RabbitMQ nodes and returns when all of them accept AMQP connections and see each other. The first start
 * takes about 12 s on an idle machine with two cores. Where the owner dies nothing is left behind; what a killed owner left on the same
 * `dataDir` is stopped first.
 * Rejects with LocalServerError SERVER_NOT_INSTALLED, PORT_TAKEN, DATA_DIR_IN_USE or START_FAILED.
 */
export function startRabbitmqCluster(options: RabbitmqClusterOptions): Promise<RabbitmqCluster> {
  return RabbitmqCluster.start(options);
}

function prepareNode(
  { dataDir, onOutput, startTimeoutMs = START_TIMEOUT_MS }: RabbitmqClusterOptions,
  { name, user, password, cookie }: RabbitmqClusterIdentity,
  epmdPort: number,
  number: number,
): Promise<RabbitmqServer> {
  const nameOf = (of: number) => `${name}-${of}@localhost`;
  return RabbitmqServer.prepare(
    { dataDir: join(dataDir, `node-${number}`), startTimeoutMs, ...(onOutput !== undefined && { onOutput }) },
    {
      identity: { nodeName: nameOf(number), user, password },
      cookie,
      epmdPort,
      joins: number === 1 ? undefined : nameOf(1),
    },
  );
}

function isAt(node: RabbitmqServer, url: string): boolean {
  return URL.canParse(url) && new URL(url).port === String(node.amqpPort);
}

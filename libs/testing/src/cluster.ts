import { randomUUID } from 'node:crypto';
import { createVhost, type RabbitmqCluster, startRabbitmqCluster } from '@holdfast/local-servers';
import { newDataDir } from './data-dir.js';

/** A RabbitMQ of three nodes that the test may kill and start again; up in about 12 s. Destroy it in the end. */
export const startOwnCluster = (): Promise<RabbitmqCluster> => startRabbitmqCluster({ dataDir: newDataDir() });

/** A virtual host of its own on a cluster: no test meets another's queues. */
export interface ClusterVhost {
  name: string;
  /** One for each node, in their order. */
  urls: string[];
}

/** Makes a virtual host on a cluster of which every node runs. */
export async function clusterVhost({ nodes: [first, ...others] }: RabbitmqCluster): Promise<ClusterVhost> {
  if (first === undefined) throw new Error('the cluster has no node');
  const name = `test-${randomUUID()}`;
  const url = await createVhost(first, name);
  const urlOf = (port: number) => Object.assign(new URL(url), { port: String(port) }).href;
  return { name, urls: [url, ...others.map(({ amqpPort }) => urlOf(amqpPort))] };
}

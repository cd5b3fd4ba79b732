import { join } from 'node:path';
import { type ManagementAccess, startRabbitmq, startRabbitmqCluster, startRedis } from '@holdfast/local-servers';
import { DatabaseName } from '../databases/database-location.js';
import { PrivatePostgres } from '../databases/private-postgres.js';
import { MeteredProcess } from '../meters/process-usage.js';
import { Teardown } from '../processes/teardown.js';

export interface ServersSetup {
  dataDir: string;
  database: DatabaseName;
  /** Nodes of the broker. */
  brokers: number;
}

/** What a system stands on, each started for it alone. */
export interface Servers {
  /** Every node's, separated by commas. */
  amqpUrl: string;
  broker: ManagementAccess;
  redisUrl: string;
  postgres: PrivatePostgres | undefined;
  metered: readonly MeteredProcess[];
}

/** Starts them side by side; they are stopped through `teardown`. */
export async function startServers(setup: ServersSetup, teardown: Teardown): Promise<Servers> {
  const { dataDir, database } = setup;
  const { broker, amqpUrl, pids } = await startBroker(setup, teardown);
  const redis = await startRedis({ dataDir: join(dataDir, 'redis') });
  teardown.defer('Redis', () => redis.stop());
  const postgres = database === 'postgres' ? await PrivatePostgres.start(dataDir, teardown) : undefined;
  const metered: MeteredProcess[] = pids.map((pid) => ({ name: 'rabbitmq', pid }));
  metered.push({ name: 'redis', pid: redis.pid });
  if (postgres) metered.push({ name: 'postgres', pid: postgres.pid, withChildren: true });
  return { amqpUrl, broker, redisUrl: redis.url, postgres, metered };
}

interface StartedBroker {
  amqpUrl: string;
  broker: ManagementAccess;
  pids: number[];
}

// Their data is thrown away, and a clean stop takes six seconds.
async function startBroker({ dataDir, brokers }: ServersSetup, teardown: Teardown): Promise<StartedBroker> {
  if (brokers === 1) {
    const broker = await startRabbitmq({ dataDir: join(dataDir, 'rabbitmq') });
    teardown.defer('RabbitMQ', () => broker.kill());
    return { amqpUrl: broker.url, broker, pids: [broker.pid] };
  }
  const cluster = await startRabbitmqCluster({ dataDir: join(dataDir, 'rabbitmq'), nodes: brokers });
  teardown.defer('RabbitMQ', () => cluster.destroy());
  return { amqpUrl: cluster.urls.join(','), broker: cluster.management, pids: cluster.nodes.map(({ pid }) => pid) };
}

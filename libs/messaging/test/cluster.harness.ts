import { newId, type QueueName } from '@holdfast/contracts';
import { type RabbitmqCluster, type RabbitmqServer } from '@holdfast/local-servers';
import { appendEvent, EVENTS_EXCHANGE } from '@holdfast/messaging';
import { type AmqpProbe, aStockReserved, type ClusterVhost, openProbe, waitUntil } from '@holdfast/testing';
import { pino } from 'pino';
import { BrokerConnection } from '../src/broker/broker-connection.js';
import { QueueConsumer } from '../src/consumer/queue-consumer.js';
import { type NoteTaker } from './note-taker.js';

/** An election takes a second, but nodes that start again share the machine with everything else. */
export const RECOVERY = { timeoutMs: 60_000 };

/** The queue of a test that gets a copy of every event of the load, on all nodes: what was published, in its order. */
export const COPIES = 'copies';

export async function declareCopies(probe: AmqpProbe): Promise<void> {
  await probe.raw.assertQueue(COPIES, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  await probe.raw.bindQueue(COPIES, EVENTS_EXCHANGE, 'product.stockReserved');
}

const EVENTS_PER_TRANSACTION = 10;

/** Appends `count` events for `taker` to relay and to handle, transaction after transaction. */
export async function appendLoad({ runtime }: NoteTaker, count: number): Promise<void> {
  for (let appended = 0; appended < count; appended += EVENTS_PER_TRANSACTION) {
    await runtime.unitOfWork.run(async (tx) => {
      for (let of = 0; of < EVENTS_PER_TRANSACTION; of += 1) {
        const data = aStockReserved();
        const origin = {
          messageId: newId(),
          correlationId: data.orderId,
          traceparent: '00-a-b-01',
          occurredAt: Date.now(),
        };
        await appendEvent(tx, { streamId: `order/${data.orderId}`, type: 'product.stockReserved', data }, origin);
      }
    });
  }
}

/** Ids of the load's events, in the order of the log. */
export async function loggedIds({ runtime }: NoteTaker): Promise<string[]> {
  const rows = await runtime.queries.all<{ id: string }>('SELECT id FROM events ORDER BY position');
  return rows.map(({ id }) => id);
}

/** Ids in {@link COPIES} in the order of their first appearance, once all of `expected` are there. */
export async function publishedIds(urls: readonly string[], expected: readonly string[]): Promise<unknown[]> {
  const probe = await openProbe(urls.join(','));
  const copies = await probe.collect({ queue: COPIES });
  const ids = () => [...new Set(copies.map(({ messageId }) => messageId))];
  await waitUntil('every event is among the copies', () => ids().length >= expected.length, RECOVERY);
  await probe.close();
  return ids();
}

/** The node that leads a queue now. */
export const leaderOf = (cluster: RabbitmqCluster, queue: string, vhost: ClusterVhost): Promise<RabbitmqServer> =>
  waitUntil(`${queue} has a leader`, () => cluster.leaderOf(queue, vhost.name), RECOVERY);

/** Starts a node again; resolves when every one of `queues` has a running replica on all nodes. */
export async function startAgain(
  cluster: RabbitmqCluster,
  node: RabbitmqServer,
  queues: readonly string[],
  vhost: ClusterVhost,
): Promise<void> {
  await cluster.restart(node);
  for (const queue of queues) {
    await waitUntil(`${queue} is in sync`, () => cluster.replicasAreOnline(queue, vhost.name), RECOVERY);
  }
}

/** The nodes that `taker` has connected to, oldest first. */
export function nodesOf(cluster: RabbitmqCluster, taker: NoteTaker, connection: string): RabbitmqServer[] {
  const lines = taker.logs.map((line) => JSON.parse(line) as { msg: string; connection?: string; broker?: string });
  return lines
    .filter((line) => line.msg === 'connected to RabbitMQ' && line.connection === connection)
    .map(({ broker = '' }) => cluster.node(broker));
}

/** A consumer that only takes down what comes, and the connection that it is on. */
export function startRecorder(queue: QueueName, name: string, urls: readonly string[]) {
  const logger = pino({ level: 'silent' });
  const connection = new BrokerConnection({ urls, name, logger });
  const received: unknown[] = [];
  const consumer = new QueueConsumer({
    connection,
    queue,
    prefetch: 20,
    logger,
    process: async ({ content }) => {
      received.push(JSON.parse(content.toString('utf8')));
    },
  });
  return { connection, consumer, received };
}

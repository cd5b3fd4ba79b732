import { managementRequest } from '@holdfast/local-servers';
import { type SeededRandom, waitUntil, withProbe } from '@holdfast/testing';
import { type Broker, deleteQueue } from '../stand/broker.js';
import { type Stand } from '../stand/stand.js';
import { always, type Fault } from './fault.js';
import { pause } from './pause.js';
import { allTurnRed } from './turns-red.js';

const needsCluster = ({ broker }: Stand) => (broker.nodes.length > 1 ? undefined : 'needs three nodes of RabbitMQ');

async function killAndRestart(broker: Broker, how: 'kill' | 'stop', node = broker.nodes[0]): Promise<void> {
  if (!node) return;
  await node[how]();
  await broker.restart(node);
}

const anyNode = (broker: Broker, random: SeededRandom) => broker.nodes[random.between(0, broker.nodes.length - 1)];

const killed: Fault = {
  name: 'kill -9 RabbitMQ',
  seconds: 12,
  impossibleOn: always,
  inflict: ({ stand, random }) => killAndRestart(stand.broker, 'kill', anyNode(stand.broker, random)),
};

const restarted: Fault = {
  name: 'restart RabbitMQ cleanly',
  seconds: 18,
  impossibleOn: always,
  inflict: ({ stand, random }) => killAndRestart(stand.broker, 'stop', anyNode(stand.broker, random)),
};

/** Every node at once. */
const away = (seconds: number): Fault => ({
  name: `RabbitMQ away for ${seconds} s`,
  seconds: seconds + 6,
  impossibleOn: always,
  inflict: async ({ stand: { broker, instances }, limits }) => {
    await Promise.all(broker.nodes.map((node) => node.kill()));
    await Promise.all([pause(seconds * 1_000), allTurnRed(instances, limits)]);
    await Promise.all(broker.nodes.map((node) => broker.restart(node)));
  },
});

/** The processes start first, and nobody starts them again. */
const absentAtStart: Fault = {
  name: 'RabbitMQ absent at the start of every process',
  seconds: 20,
  impossibleOn: always,
  inflict: async ({ stand }) => {
    const { broker, instances } = stand;
    await Promise.all(broker.nodes.map((node) => node.kill()));
    await Promise.all(instances.map((instance) => instance.kill9()));
    for (const instance of instances) await stand.launch(instance);
    for (const instance of instances) await instance.saysNotReady();
    await Promise.all(broker.nodes.map((node) => broker.restart(node)));
  },
};

/** Orders have to be decided without it. */
const leaderKilled: Fault = {
  name: 'kill -9 the node that leads orders_queue',
  seconds: 20,
  impossibleOn: needsCluster,
  inflict: async ({ stand: { broker }, load }) => {
    const leader = await waitUntil('orders_queue has a leader', () => broker.leaderOf('orders_queue'));
    await leader.kill();
    // The others have to go on without it.
    await load.goesOn(20);
    await broker.restart(leader);
  },
};

/**
 * Every queue that is consumed for as long as a service runs, but for two kinds. The events of webhooks_queue are in no
 * other place of the broker, and have to be published again by an operator (docs/operations.md). And what a gateway hears
 * news by is exclusive: RabbitMQ lets nobody else delete it.
 */
const DELETED = {
  orders_queue: 'orders-service',
  orders_queries: 'orders-service',
  products_queue: 'products-service',
  products_queries: 'products-service',
  webhooks_queries: 'webhook-publisher',
} as const;

// A consumer that was cancelled comes back with its queue in some seconds; the rest is for a busy machine.
const CONSUMED_AGAIN_MS = 60_000;

/** What was in the queue is gone: whoever asked for it asks again. Its consumers come back by themselves. */
const deleted = (queue: keyof typeof DELETED): Fault => ({
  name: `delete ${queue}`,
  seconds: 3,
  impossibleOn: always,
  inflict: async ({ stand }) => {
    await deleteQueue(stand.broker, queue);
    const wanted = stand.of(DELETED[queue]).length;
    await withProbe(stand.broker.alive.url, (probe) =>
      waitUntil(`${queue} is consumed again`, async () => (await probe.consumers(queue)) >= wanted, {
        timeoutMs: CONSUMED_AGAIN_MS,
      }),
    );
  },
});

async function isAlarmed({ alive }: Broker): Promise<boolean> {
  const { body } = await managementRequest(alive, 'GET', '/api/nodes?columns=mem_alarm');
  return (JSON.parse(body) as { mem_alarm?: boolean }[]).some(({ mem_alarm: alarmed }) => alarmed === true);
}

/** RabbitMQ takes no message any more until it has memory again; it does not say so to who publishes. */
const memoryAlarm: Fault = {
  name: 'memory alarm of RabbitMQ for 10 s',
  seconds: 14,
  impossibleOn: always,
  inflict: async ({ stand: { broker } }) => {
    for (const node of broker.nodes) await node.ctl('set_vm_memory_high_watermark', 'absolute', '1');
    await waitUntil('RabbitMQ has its alarm', () => isAlarmed(broker), { timeoutMs: 30_000 });
    await pause(10_000);
    for (const node of broker.nodes) await node.ctl('set_vm_memory_high_watermark', '0.25');
  },
};

export const brokerFaults: readonly Fault[] = [
  killed,
  restarted,
  away(60),
  absentAtStart,
  leaderKilled,
  ...(Object.keys(DELETED) as (keyof typeof DELETED)[]).map(deleted),
  memoryAlarm,
];

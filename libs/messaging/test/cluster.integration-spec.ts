import { newId } from '@holdfast/contracts';
import { type RabbitmqCluster } from '@holdfast/local-servers';
import {
  BrokerConnection,
  declareTopology,
  EVENTS_EXCHANGE,
  NoAnswerError,
  Publisher,
  RpcClient,
} from '@holdfast/messaging';
import { type ClusterVhost, clusterVhost, newRedisUrl, openProbe, startOwnCluster, waitUntil } from '@holdfast/testing';
import { pino } from 'pino';
import {
  appendLoad,
  COPIES,
  declareCopies,
  leaderOf,
  loggedIds,
  nodesOf,
  publishedIds,
  RECOVERY,
  startAgain,
  startRecorder,
} from './cluster.harness.js';
import { NoteTaker } from './note-taker.js';

const LOAD = 3_000;

jest.setTimeout(600_000);

const shop = { role: 'client', clientId: 'shop' } as const;

let cluster: RabbitmqCluster;
let vhost: ClusterVhost;
let closing: (() => Promise<void>)[];

beforeAll(async () => {
  cluster = await startOwnCluster();
});
afterAll(() => cluster.destroy());

beforeEach(async () => {
  vhost = await clusterVhost(cluster);
  closing = [];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

/** Declares all queues by way of one node, which then leads them: a quorum queue starts where its declarer is connected. */
async function declareOn(url: string | undefined): Promise<void> {
  const probe = await openProbe(String(url));
  await declareTopology(probe.raw);
  await declareCopies(probe);
  await probe.close();
}

async function startTaker(urls: readonly string[]): Promise<NoteTaker> {
  const taker = await NoteTaker.start({ amqpUrl: urls.join(','), redisUrl: newRedisUrl() });
  closing.push(() => taker.close());
  await waitUntil('the service is ready', () => taker.ready, RECOVERY);
  return taker;
}

/** Puts a load on `taker` and calls `disturb` in the middle of it; resolves when everything is handled. */
async function underLoad(taker: NoteTaker, disturb: () => Promise<void>): Promise<void> {
  const appended = appendLoad(taker, LOAD);
  await waitUntil('a tenth is handled', async () => (await taker.notes()).length >= LOAD / 10, RECOVERY);
  await disturb();
  await appended;
  await waitUntil('everything is handled', async () => (await taker.notes()).length >= LOAD, RECOVERY);
}

/** Nothing is lost, nothing had its effect twice, nothing overtook another on its way out, and nothing is left. */
async function expectAllOnce(taker: NoteTaker): Promise<void> {
  const logged = await loggedIds(taker);
  expect(logged).toHaveLength(LOAD);
  expect(await publishedIds(vhost.urls, logged)).toEqual(logged);
  const probe = await openProbe(vhost.urls.join(','));
  closing.push(() => probe.close());
  await waitUntil('the queue is empty', async () => (await probe.depth('orders_queue')) === 0, RECOVERY);
  expect((await taker.notes()).map(({ messageId }) => messageId).sort()).toEqual([...logged].sort());
  await waitUntil('the service is ready', () => taker.ready, RECOVERY);
}

describe('a service on a cluster of three nodes', () => {
  it('goes on when the node is killed that leads its queues, on the connections that it has', async () => {
    const [first, ...others] = vhost.urls;
    await declareOn(first);
    const taker = await startTaker(others);
    const leader = await leaderOf(cluster, 'orders_queue', vhost);
    expect(leader).toBe(cluster.nodes[0]);
    await underLoad(taker, () => cluster.kill(leader));
    await expectAllOnce(taker);
    for (const name of ['notes consumes', 'notes publishes']) expect(nodesOf(cluster, taker, name)).toHaveLength(1);
    await startAgain(cluster, leader, ['orders_queue', 'orders_queries', COPIES], vhost);
  });

  it('goes on by way of another node when the one is killed that it is connected to and that leads its queues', async () => {
    const taker = await startTaker(vhost.urls);
    const [node] = nodesOf(cluster, taker, 'notes consumes');
    if (node === undefined) throw new Error('the service has not said where it is connected');
    expect(nodesOf(cluster, taker, 'notes publishes')).toEqual([node]);
    expect(await leaderOf(cluster, 'orders_queue', vhost)).toBe(node);
    const probe = await openProbe(vhost.urls.filter((url) => cluster.node(url) !== node).join(','));
    await declareCopies(probe);
    await probe.close();
    await underLoad(taker, () => cluster.kill(node));
    await expectAllOnce(taker);
    for (const name of ['notes consumes', 'notes publishes']) {
      expect(nodesOf(cluster, taker, name).slice(1)).not.toContain(node);
    }
    await startAgain(cluster, node, ['orders_queue', 'orders_queries', COPIES], vhost);
  });
});

describe('a queue that is handled in order', () => {
  it('has one consumer at a time, also when the node of that one is killed with its leader', async () => {
    const [a, b, c] = vhost.urls as [string, string, string];
    const active = startRecorder('webhooks_queue', 'active', [a, b, c]);
    closing.push(() => active.connection.close());
    await active.consumer.ready();
    const standby = startRecorder('webhooks_queue', 'standby', [b, c, a]);
    closing.push(() => standby.connection.close());
    await standby.consumer.ready();
    expect(await leaderOf(cluster, 'webhooks_queue', vhost)).toBe(cluster.nodes[0]);

    const connection = new BrokerConnection({ urls: [c, b, a], name: 'publishes', logger: pino({ level: 'silent' }) });
    closing.push(() => connection.close());
    const publisher = new Publisher(connection, 'numbers', async () => undefined);
    await waitUntil('there is a channel to publish on', () => publisher.ready);
    const publish = async (number: number) => {
      const properties = { messageId: newId(), persistent: true };
      const message = { exchange: '', routingKey: 'webhooks_queue', body: Buffer.from(String(number)), properties };
      await waitUntil(`${number} is published`, () => publisher.publish(message).then(() => true), RECOVERY);
    };
    const numbers = Array.from({ length: 300 }, (_, index) => index);
    for (const number of numbers) {
      if (number === 150) {
        await waitUntil('the active one has taken some', () => active.received.length > 0, RECOVERY);
        expect(standby.received).toEqual([]);
        await cluster.kill(cluster.node(a));
      }
      await publish(number);
    }
    // Before the kill all went to one, after it all to the other: what the first had not acked comes again in its place.
    const handled = () => new Set([...active.received, ...standby.received]);
    await waitUntil('the last one is handled', () => handled().has(299), RECOVERY);
    expect([...handled()]).toEqual(numbers);
    expect(standby.received).toEqual([...standby.received].sort((x, y) => Number(x) - Number(y)));
    for (const { consumer } of [active, standby]) {
      await waitUntil('it consumes', () => consumer.health().status === 'up', RECOVERY);
    }
    await startAgain(cluster, cluster.node(a), ['webhooks_queue'], vhost);
  });
});

describe('a caller', () => {
  it('whose node is killed hears at once that there is no answer, and is answered by way of another node', async () => {
    const [a, b, c] = vhost.urls as [string, string, string];
    await declareOn(a);
    const taker = await startTaker([b, c]);
    taker.behave((data) => data);
    const connection = new BrokerConnection({ urls: [a, b, c], name: 'calls', logger: pino({ level: 'silent' }) });
    closing.push(() => connection.close());
    const client = new RpcClient(connection, 10);
    const heard: unknown[] = [];
    const tap = connection.openChannel({
      name: 'tap',
      setup: async (channel) => {
        const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
        await channel.bindQueue(queue, EVENTS_EXCHANGE, 'product.stockReserved');
        await channel.consume(queue, (message) => message && heard.push(message.properties.messageId), { noAck: true });
      },
    });
    await Promise.all([client.ready(), tap.ready()]);
    const ask = (orderId: string) =>
      client.request('orders.get', { caller: shop, orderId }, { requestId: newId(), timeoutMs: 30_000 });
    const orderId = newId();
    expect(await ask(orderId)).toMatchObject({ orderId });

    const holding = { entered: false, letGo: (): void => undefined };
    const held = new Promise<void>((resolve) => {
      holding.letGo = resolve;
    });
    taker.behave(() => {
      holding.entered = true;
      return held;
    });
    const unanswered = ask(orderId).catch((error: unknown) => error);
    await waitUntil('the request is being handled', () => holding.entered);
    await cluster.kill(cluster.node(a));
    expect(await unanswered).toBeInstanceOf(NoAnswerError);
    taker.behave((data) => data);
    holding.letGo();
    expect(await waitUntil('it is answered', () => ask(orderId), RECOVERY)).toMatchObject({ orderId });

    await tap.ready();
    await appendLoad(taker, 10);
    await waitUntil('events are heard again', () => heard.length >= 10, RECOVERY);
    expect(connection.health()).toEqual({ status: 'up' });
  });
});

import { type QueueName } from '@holdfast/contracts';
import { createLogger } from '@holdfast/platform';
import { type AmqpProbe, openProbe, TcpProxy, type TestBroker, testBroker, waitUntil } from '@holdfast/testing';
import { BrokerConnection } from '../src/broker/broker-connection.js';
import { QueueConsumer } from '../src/consumer/queue-consumer.js';

const logger = createLogger('test', 'silent');

let broker: TestBroker;
let probe: AmqpProbe;
let deaf: TcpProxy;
const instances: { consumer: QueueConsumer; connection: BrokerConnection }[] = [];

// A client that does not say that it understands cancels is sent none, as happens to others by mistake.
const withoutCancels = (data: Buffer): Buffer =>
  Buffer.from(data.toString('latin1').replace('consumer_cancel_notify', 'consumer_cancel_nobody'), 'latin1');

beforeEach(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  deaf = await TcpProxy.open(broker.url, withoutCancels);
});
afterEach(async () => {
  for (const { consumer, connection } of instances.splice(0)) {
    await consumer.drain();
    await connection.close();
  }
  await deaf.close();
  await probe.close();
  await broker.close();
});

async function instance(queue: QueueName, url: string, handled: string[] = []): Promise<QueueConsumer> {
  const connection = new BrokerConnection({ urls: [url], name: 'consumes', logger });
  const consumer = new QueueConsumer({
    ...{ connection, queue, prefetch: 1, logger, idleMs: 300 },
    process: async ({ properties }) => {
      handled.push(String(properties.messageId));
    },
  });
  instances.push({ consumer, connection });
  await consumer.ready();
  return consumer;
}

const consumersOf = (queue: QueueName, count: number) =>
  waitUntil(`${queue} has ${count} consumers`, async () => (await probe.consumers(queue)) === count);

describe.each(['orders_queue', 'orders_queries', 'webhooks_queue'] as const)('a consumer of %s', (queue) => {
  it('that was lost without a word is back by itself', async () => {
    const handled: string[] = [];
    await instance(queue, deaf.url, handled);
    await broker.deleteQueue(queue);
    await consumersOf(queue, 1);
    await probe.publish(queue, {}, { messageId: 'm-1' });
    await waitUntil('it is handled', () => handled.includes('m-1'));
  });

  it('stays, and gets what comes, while it is looked after again and again', async () => {
    const handled: string[] = [];
    const consumer = await instance(queue, deaf.url, handled);
    for (let message = 1; message <= 20; message += 1) {
      await probe.publish(queue, {}, { messageId: `m-${message}` });
      await waitUntil('it is handled', () => handled.length === message);
      expect(consumer.health()).toEqual({ status: 'up' });
    }
    await waitUntil('all of it is acked', async () => (await probe.depth(queue)) === 0);
    expect(await probe.consumers(queue)).toBe(1);
  });
});

it('a consumer of a queue that another instance has declared anew consumes that one', async () => {
  const [here, there]: [string[], string[]] = [[], []];
  await instance('orders_queue', deaf.url, here);
  await broker.deleteQueue('orders_queue');
  await instance('orders_queue', broker.url, there);
  await waitUntil('both get messages', async () => {
    await probe.publish('orders_queue', {}, { messageId: 'any' });
    return here.length > 0 && there.length > 0;
  });
});

import { newId } from '@holdfast/contracts';

import { createLogger } from '@holdfast/platform';
import { type AmqpProbe, openProbe, type TestBroker, testBroker, waitUntil } from '@holdfast/testing';
import { BrokerConnection } from '../src/broker/broker-connection.js';
import { QueueConsumer } from '../src/consumer/queue-consumer.js';

const logger = createLogger('test', 'silent');

let broker: TestBroker;
let probe: AmqpProbe;
const connections: BrokerConnection[] = [];

beforeAll(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
});
afterAll(async () => {
  for (const connection of connections) await connection.close();
  await probe.close();
  await broker.close();
});

/** An instance that takes from the queue which keeps order, and does with its messages what the test says. */
async function instance(
  name: string,
  handle: (messageId: string, lost: AbortSignal) => Promise<void>,
): Promise<QueueConsumer> {
  const connection = new BrokerConnection({ urls: [broker.url], name, logger });
  connections.push(connection);
  const consumer = new QueueConsumer({
    ...{ connection, queue: 'webhooks_queue' as const, prefetch: 50, logger },
    process: ({ properties }, lost) => handle(String(properties.messageId), lost),
  });
  await consumer.ready();
  return consumer;
}

it('an instance that stops gives back what it has not handled, and the next one begins with that', async () => {
  const inHand: string[] = [];
  const first = await instance('first', async (messageId, lost) => {
    inHand.push(messageId);
    await new Promise<void>((resolve) => lost.addEventListener('abort', () => resolve()));
  });
  const ids = Array.from({ length: 20 }, () => newId());
  for (const messageId of ids.slice(0, 10)) await probe.publish('webhooks_queue', {}, { messageId });
  await waitUntil('the first instance has ten', () => inHand.length === 10);
  const handled: string[] = [];
  const second = await instance('second', async (messageId) => {
    handled.push(messageId);
  });
  for (const messageId of ids.slice(10)) await probe.publish('webhooks_queue', {}, { messageId });
  await first.drain();
  await waitUntil('the second instance has all', () => handled.length >= 20);
  // What was in hand when the first one stopped comes first, in its order.
  const once = [...new Set(handled)];
  expect(once).toEqual(ids);
  await second.drain();
});

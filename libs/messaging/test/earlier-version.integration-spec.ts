import { newId } from '@holdfast/contracts';
import {
  type AmqpProbe,
  aMessage,
  newRedisUrl,
  openProbe,
  type TestBroker,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { NoteTaker } from './note-taker.js';

const shop = { role: 'client', clientId: 'shop' } as const;

let broker: TestBroker;
let probe: AmqpProbe;

beforeEach(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
});
afterEach(async () => {
  await probe.close();
  await broker.close();
});

describe('a broker with the queues of an earlier version', () => {
  it('gets query queues that have replicas in place of classic ones', async () => {
    await probe.raw.assertQueue('orders_queries', { durable: true, arguments: { 'x-message-ttl': 10_000 } });
    const taker = await NoteTaker.start({ amqpUrl: broker.url, redisUrl: newRedisUrl() });
    await waitUntil('the service is ready', () => taker.ready);
    taker.behave((data) => data);
    const orderId = newId();
    const answer = await probe.ask('orders_queries', aMessage('orders.get', { caller: shop, orderId }));
    expect(answer).toMatchObject({ response: { orderId } });
    await taker.close();
  });
});

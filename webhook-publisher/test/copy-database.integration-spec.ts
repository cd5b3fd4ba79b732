import { newId, type WebhookCreated } from '@holdfast/contracts';
import {
  type AmqpProbe,
  CopyProgram,
  openProbe,
  type TestBroker,
  type TestPostgres,
  testBroker,
  testPostgres,
  WebhookReceiver,
  waitUntil,
} from '@holdfast/testing';
import { anOrderCreated, anOrderRejected, publisherEnvironment, RunningPublisher, shop } from './publisher.harness.js';

let broker: TestBroker;
let probe: AmqpProbe;
let postgres: TestPostgres;
let receiver: WebhookReceiver;
let publisher: RunningPublisher;

beforeEach(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  postgres = await testPostgres();
  receiver = await WebhookReceiver.start();
});
afterEach(async () => {
  await publisher.stop();
  await receiver.close();
  await postgres.close();
  await probe.close();
  await broker.close();
});

it('webhook-publisher goes on where it was on SQLite: deliveries, secrets, answers', async () => {
  const env: Record<string, string> = {
    ...(await publisherEnvironment(broker.url)),
    WEBHOOK_RETRY_SCHEDULE: Array(50).fill('1').join(','),
  };
  publisher = await RunningPublisher.start(probe, env);
  const creation = {
    ...{ caller: shop, url: `${receiver.origin}/orders`, eventTypes: ['order.*'] },
    ...{ idempotencyKey: 'before-the-move', description: 'Grüße' },
  };
  const created = await publisher.get<WebhookCreated>('webhooks.create', creation);
  receiver.expects('/orders', created.webhook.secret);
  const order = anOrderCreated();
  const first = await publisher.publish('order.created', order);
  await waitUntil('the first is delivered', () => receiver.acceptedOn('/orders').length === 1);
  receiver.react = () => ({ status: 500 });
  const second = await publisher.publish('order.rejected', anOrderRejected(order.orderId));
  await waitUntil('the second was tried', () => receiver.received.some(({ id }) => id === second));
  await publisher.stop();

  const copied = await CopyProgram.run('webhook-publisher', { DATA_DIR: env.DATA_DIR ?? '' }, ['--to', postgres.url]);
  expect([copied.code, copied.output]).toEqual([0, expect.stringMatching(/^deliveries +2 {2}[0-9a-f]{32}$/m)]);

  receiver.react = () => ({ status: 204 });
  publisher = await RunningPublisher.start(probe, { ...env, WEBHOOKS_DATABASE_URL: postgres.url });
  await waitUntil('the second is delivered', () => receiver.acceptedOn('/orders').some(({ id }) => id === second));
  expect(receiver.acceptedOn('/orders')).toMatchObject([
    { id: first, sequence: 1, previousEventId: null },
    { id: second, sequence: 2, previousEventId: first },
  ]);
  expect(await publisher.get('webhooks.create', creation)).toEqual({ ...created, replayed: true });

  // Delivered once more by RabbitMQ, it is known by its row in the inbox.
  await publisher.publish('order.created', order, first);
  const third = await publisher.publish('order.rejected', anOrderRejected(order.orderId), newId());
  await waitUntil('the third is delivered', () => receiver.acceptedOn('/orders').some(({ id }) => id === third));
  expect(receiver.acceptedOn('/orders').map(({ id }) => id)).toEqual([first, second, third]);
  expect(receiver.forged).toEqual([]);
});

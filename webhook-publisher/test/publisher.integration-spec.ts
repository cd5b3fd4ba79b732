import { newId, type WebhookTestResult, type WebhookView } from '@holdfast/contracts';
import { type AmqpProbe, openProbe, type TestBroker, testBroker, WebhookReceiver, waitUntil } from '@holdfast/testing';
import {
  anOrderCreated,
  anOrderRejected,
  operator,
  publisherEnvironment,
  RunningPublisher,
  shop,
} from './publisher.harness.js';

let broker: TestBroker;
let probe: AmqpProbe;
let receiver: WebhookReceiver;
let publisher: RunningPublisher;

beforeAll(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  receiver = await WebhookReceiver.start();
  publisher = await RunningPublisher.start(probe, {
    ...(await publisherEnvironment(broker.url)),
    WEBHOOK_RETRY_SCHEDULE: '0.05,0.05,0.05,0.05,0.05',
    WEBHOOK_DEADLINE_MS: '5000',
  });
});

afterAll(async () => {
  await publisher.stop();
  await receiver.close();
  await probe.close();
  await broker.close();
});

afterEach(() => {
  receiver.react = () => ({ status: 204 });
  expect(receiver.forged).toEqual([]);
});

const arrived = (path: string, count: number) =>
  waitUntil(`${count} callbacks are accepted on ${path}`, () => receiver.acceptedOn(path).length >= count);

describe('an event on RabbitMQ', () => {
  it('reaches the subscriber, signed, in order, with what its contract says', async () => {
    await publisher.subscribe(receiver, '/order');
    const order = anOrderCreated();
    const first = await publisher.publish('order.created', order);
    const second = await publisher.publish('order.rejected', anOrderRejected(order.orderId));
    await arrived('/order', 2);
    const subject = `order/${order.orderId}`;
    expect(receiver.acceptedOn('/order')).toMatchObject([
      { id: first, type: 'order.created', subject, data: order, sequence: 1, previousEventId: null },
      { id: second, type: 'order.rejected', subject, sequence: 2, previousEventId: first },
    ]);
  });

  it('goes out once, however often it comes', async () => {
    await publisher.subscribe(receiver, '/once');
    const order = anOrderCreated();
    const eventId = newId();
    for (let time = 0; time < 5; time += 1) await publisher.publish('order.created', order, eventId);
    await publisher.publish('order.rejected', anOrderRejected(order.orderId));
    await arrived('/once', 2);
    expect(receiver.acceptedOn('/once').map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it("of another client reaches nobody but its own and the operators' subscriptions", async () => {
    await publisher.subscribe(receiver, '/mine');
    await publisher.subscribe(receiver, '/ops', { caller: operator });
    const [foreign, own] = [anOrderCreated(newId(), 'another'), anOrderCreated()];
    await publisher.publish('order.created', foreign);
    await publisher.publish('order.created', own);
    await arrived('/ops', 2);
    await arrived('/mine', 1);
    expect(receiver.acceptedOn('/mine').map(({ data }) => data.orderId)).toEqual([own.orderId]);
  });

  it('is tried again until it is accepted, and every attempt is kept', async () => {
    const { id } = await publisher.subscribe(receiver, '/again');
    receiver.react = ({ path, attempt }) => {
      if (path !== '/again') return { status: 204 };
      if (attempt === 1) return { status: 500, body: 'not now' };
      return attempt === 2 ? 'reset' : { status: 204 };
    };
    await publisher.publish('order.created', anOrderCreated());
    await arrived('/again', 1);
    const [delivery] = await waitUntil('it is recorded', async () => {
      const { data } = await publisher.deliveriesOf(id, { status: 'delivered' });
      return data.length > 0 && data;
    });
    expect(await publisher.delivery(delivery?.id ?? '')).toMatchObject({
      status: 'delivered',
      attempts: [
        { number: 1, status: 500, answer: 'not now' },
        { number: 2, status: null, error: 'CONNECTION_RESET' },
        { number: 3, status: 204, error: null, detail: null },
      ],
    });
  });
});

describe('a test event', () => {
  it('is sent now, and its attempt is the answer', async () => {
    const { id } = await publisher.subscribe(receiver, '/test', { enabled: false });
    const { delivery, attempt } = await publisher.get<WebhookTestResult>('webhooks.test', {
      caller: shop,
      webhookId: id,
    });
    expect(delivery).toMatchObject({ status: 'delivered', eventType: 'webhook.test' });
    expect(attempt).toMatchObject({ number: 1, status: 204 });
    expect(receiver.acceptedOn('/test')).toMatchObject([{ type: 'webhook.test', subject: `webhook/${id}` }]);
  });

  it('tells what went wrong', async () => {
    const { id } = await publisher.subscribe(receiver, '/test-hangs');
    receiver.react = () => 'hang';
    const { delivery, attempt } = await publisher.get<WebhookTestResult>('webhooks.test', {
      caller: shop,
      webhookId: id,
    });
    expect(delivery.status).toBe('failed');
    expect(attempt).toMatchObject({ status: null, error: 'DEADLINE_EXCEEDED' });
  });
});

describe('a subscription', () => {
  it('that answers 410 is disabled, and another one of its owner is told', async () => {
    const { id } = await publisher.subscribe(receiver, '/gone', { caller: { role: 'client', clientId: 'leaver' } });
    await publisher.subscribe(receiver, '/told', {
      caller: { role: 'client', clientId: 'leaver' },
      eventTypes: ['webhook.*'],
    });
    receiver.react = ({ path }) => ({ status: path === '/gone' ? 410 : 204 });
    await publisher.publish('order.created', anOrderCreated(newId(), 'leaver'));
    await arrived('/told', 1);
    expect(receiver.acceptedOn('/told')).toMatchObject([
      { type: 'webhook.disabled', subject: `webhook/${id}`, data: { webhookId: id, reason: 'GONE' } },
    ]);
    const view = await publisher.get<WebhookView>('webhooks.get', { caller: operator, webhookId: id });
    expect(view).toMatchObject({ enabled: false, disabledReason: 'GONE' });
  });

  it('that was disabled gets what was held once it is enabled', async () => {
    const { id } = await publisher.subscribe(receiver, '/held');
    await publisher.get('webhooks.disable', { caller: shop, webhookId: id });
    const ids = [];
    for (let order = 0; order < 5; order += 1) ids.push(await publisher.publish('order.created', anOrderCreated()));
    await waitUntil('they are stored', async () => (await publisher.deliveriesOf(id)).data.length === 5);
    expect(receiver.acceptedOn('/held')).toEqual([]);
    await publisher.get('webhooks.enable', { caller: shop, webhookId: id });
    await arrived('/held', 5);
    // They are of five subjects: one may overtake another on its way.
    expect(
      receiver
        .acceptedOn('/held')
        .map((callback) => callback.id)
        .sort(),
    ).toEqual(ids.sort());
  });

  it('with a rotated secret is signed with both', async () => {
    const { id, secret: old } = await publisher.subscribe(receiver, '/rotated');
    await publisher.get('webhooks.rotateSecret', { caller: shop, webhookId: id });
    receiver.expects('/rotated', old);
    await publisher.publish('order.created', anOrderCreated());
    await arrived('/rotated', 1);
    expect(receiver.acceptedOn('/rotated')[0]?.headers['webhook-signature']?.split(' ')).toHaveLength(2);
  });
});

describe('the metrics', () => {
  it('show deliveries by outcome, open circuits and the age of what is not delivered', async () => {
    const { id } = await publisher.subscribe(receiver, '/measured');
    receiver.react = ({ path }) =>
      path === '/measured' ? { status: 503, headers: { 'retry-after': '600' } } : { status: 204 };
    await publisher.publish('order.created', anOrderCreated());
    const age = `holdfast_webhook_oldest_undelivered_seconds{webhook="${id}"}`;
    for (const series of [
      age,
      'holdfast_webhook_deliveries_total{outcome="delivered"}',
      'holdfast_webhook_attempts_total{outcome="5xx"}',
      'holdfast_webhook_attempt_seconds_count',
    ]) {
      await waitUntil(`${series} shows`, async () => (await publisher.metric(series)) > 0);
    }
    expect(await publisher.metric('holdfast_webhook_open_circuits')).toBeGreaterThanOrEqual(0);
    expect(await publisher.metric('holdfast_webhook_sending')).toBeGreaterThanOrEqual(0);
  });
});

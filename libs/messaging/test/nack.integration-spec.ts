import { newId } from '@holdfast/contracts';
import { BrokerConnection, Publisher, RequestNotSentError, RpcClient } from '@holdfast/messaging';
import { type AmqpProbe, openProbe, type TestBroker, testBroker, waitUntil } from '@holdfast/testing';
import { pino } from 'pino';

const shop = { role: 'client', clientId: 'shop' } as const;

let broker: TestBroker;
let probe: AmqpProbe;
let connection: BrokerConnection;

beforeEach(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  connection = new BrokerConnection({ urls: [broker.url], name: 'refused', logger: pino({ level: 'silent' }) });
});
afterEach(async () => {
  await connection.close();
  await probe.close();
  await broker.close();
});

/** A queue that soon refuses what is published to it, as one does whose leader is dead. */
async function declareFull(queue: string): Promise<void> {
  const limits = { 'x-queue-type': 'quorum', 'x-max-length': 1, 'x-overflow': 'reject-publish' };
  await probe.raw.assertQueue(queue, { durable: true, arguments: limits });
}

describe('a message that RabbitMQ refuses', () => {
  it('is unknown to its publisher, which goes on with a new channel', async () => {
    await declareFull('orders_queue');
    let channels = 0;
    const publisher = new Publisher(connection, 'refused', async () => {
      channels += 1;
    });
    await waitUntil('there is a channel', () => publisher.ready);
    const publish = () => {
      const properties = { messageId: newId() };
      return publisher.publish({ exchange: '', routingKey: 'orders_queue', body: Buffer.from('{}'), properties });
    };
    const refusal = await waitUntil('one is refused', () => publish().then(() => undefined, String));
    expect(refusal).toContain('no confirm');
    await waitUntil('there is a new channel', () => channels === 2 && publisher.ready);
    await probe.raw.purgeQueue('orders_queue');
    await waitUntil('one is taken', () => publish().then(() => true));
  });

  it('was not sent for whoever waits for an answer, and the next one can be', async () => {
    await declareFull('orders_queries');
    const client = new RpcClient(connection, 1_000);
    await client.ready();
    const ask = () =>
      client.request('orders.get', { caller: shop, orderId: newId() }, { requestId: newId(), timeoutMs: 60_000 });
    const refusals: unknown[] = [];
    const refusal = await waitUntil('one is refused', () => {
      ask().catch((error: unknown) => refusals.push(error));
      return refusals[0];
    });
    expect(refusal).toBeInstanceOf(RequestNotSentError);
    expect(refusal).toMatchObject({ code: 'BROKER_UNAVAILABLE', message: 'orders_queries has no leader right now' });

    await client.ready();
    await probe.raw.consume(
      'orders_queries',
      (request) => {
        if (!request) return;
        const { replyTo, correlationId } = request.properties;
        probe.raw.sendToQueue(replyTo as string, Buffer.from('{"response":"here"}'), {
          correlationId: correlationId as string,
        });
      },
      { noAck: true },
    );
    expect(await waitUntil('one is answered', ask)).toBe('here');
    await client.close();
  });
});

import { newId } from '@holdfast/contracts';
import { BrokerConnection, declareQueue, NoAnswerError, RequestNotSentError, RpcClient } from '@holdfast/messaging';
import {
  type AmqpProbe,
  aMessage,
  newRedisUrl,
  openProbe,
  TcpProxy,
  type TestBroker,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { type ConsumeMessage } from 'amqplib';
import { pino } from 'pino';
import { NoteTaker } from './note-taker.js';

const MAX_IN_FLIGHT = 3;

let broker: TestBroker;
let probe: AmqpProbe;
let line: TcpProxy;
let connection: BrokerConnection;
let client: RpcClient;

beforeEach(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  line = await TcpProxy.open(broker.url);
  connection = new BrokerConnection({ urls: [line.url], name: 'client', logger: pino({ level: 'silent' }) });
  client = new RpcClient(connection, MAX_IN_FLIGHT);
  await declareQueue(probe.raw, 'orders_queries');
  await client.ready();
});
afterEach(async () => {
  await connection.close();
  await probe.close();
  await line.close();
  await broker.close();
});

const shop = { role: 'client', clientId: 'shop' } as const;
const rival = { role: 'client', clientId: 'rival' } as const;

const ask = ({ timeoutMs = 10_000, orderId = newId() } = {}): Promise<unknown> =>
  client.request('orders.get', { caller: shop, orderId }, { requestId: newId(), timeoutMs, traceparent: '00-a-b-01' });

type Reply = (request: ConsumeMessage) => string;

/** Answers every request with what `reply` says. */
async function answerWith(reply: Reply): Promise<void> {
  await probe.raw.consume(
    'orders_queries',
    (request) => {
      if (request) answer(request, reply(request));
    },
    { noAck: true },
  );
}

function answer(request: ConsumeMessage, body: string): void {
  const { replyTo, correlationId } = request.properties;
  probe.raw.publish('', replyTo as string, Buffer.from(body), { correlationId: correlationId as string });
}

const echo: Reply = (request) => JSON.stringify({ response: JSON.parse(request.content.toString('utf8')) });

describe('a request', () => {
  it('is sent as Nest speaks, and resolves to its answer', async () => {
    await answerWith(echo);
    const orderId = newId();
    expect(await ask({ orderId })).toEqual({
      ...aMessage('orders.get', { caller: shop, orderId }),
      id: expect.any(String),
    });
    expect(client.inFlight).toBe(0);
  });

  it('gets its own answer, in whatever order they come', async () => {
    const requests: ConsumeMessage[] = [];
    await probe.raw.consume('orders_queries', (request) => request && requests.push(request), { noAck: true });
    const ids = [newId(), newId(), newId()];
    const answers = ids.map((orderId) => ask({ orderId }));
    await waitUntil('all are asked', () => requests.length === ids.length);
    for (const request of requests.reverse()) answer(request, echo(request));
    expect(await Promise.all(answers)).toEqual(
      ids.map((orderId) => expect.objectContaining({ data: { caller: shop, orderId } })),
    );
  });

  it('says after its time that there was no answer, and ignores one that comes later', async () => {
    const late = ask({ timeoutMs: 1 });
    await expect(late).rejects.toBeInstanceOf(NoAnswerError);
    expect(client.inFlight).toBe(0);
    await answerWith(echo);
    expect(await ask()).toMatchObject({ pattern: 'orders.get' });
  });

  it.each([
    ['no JSON', 'oops'],
    ['no reply', '"oops"'],
    ['nothing', ''],
    ["the handler's failure", '{"err":{"message":"oops"},"isDisposed":true}'],
  ])('fails when what comes back is %s, and hurts no other', async (_name, body) => {
    await answerWith((request) => (request.content.includes('"clientId":"shop"') ? body : echo(request)));
    await expect(ask()).rejects.toThrow(/the handler failed/);
    const other = client.request(
      'orders.get',
      { caller: rival, orderId: newId() },
      { requestId: newId(), timeoutMs: 5_000 },
    );
    expect(await other).toMatchObject({ pattern: 'orders.get' });
  });

  it('is not sent where as many are in flight as may be', async () => {
    const waiting = Array.from({ length: MAX_IN_FLIGHT }, () => ask());
    await expect(ask()).rejects.toMatchObject({ name: 'RequestNotSentError', code: 'OVERLOADED' });
    await answerWith(echo);
    await Promise.all(waiting);
    await expect(ask()).resolves.toBeDefined();
  });

  it('is not sent where there is no connection', async () => {
    line.refuse();
    await waitUntil('the connection is lost', () => !connection.connected);
    await expect(ask()).rejects.toBeInstanceOf(RequestNotSentError);
  });

  it('is not sent where no queue takes it', async () => {
    const nowhere = client.request('product.list', { limit: 1 }, { requestId: newId(), timeoutMs: 5_000 });
    await expect(nowhere).rejects.toMatchObject({ name: 'RequestNotSentError', code: 'BROKER_UNAVAILABLE' });
    expect(client.inFlight).toBe(0);
  });

  it('says that its outcome is unknown when the connection is lost after it was sent', async () => {
    line.muteServer();
    const unknown = ask();
    // Whether the broker has it the client cannot know: nothing that the broker says arrives.
    await waitUntil('the broker has it', async () => (await probe.depth('orders_queries')) === 1);
    line.refuse();
    await expect(unknown).rejects.toMatchObject({ name: 'NoAnswerError', message: expect.stringContaining('lost') });
    line.restore();
    await client.ready();
    await answerWith(echo);
    expect(await ask()).toMatchObject({ pattern: 'orders.get' });
  });

  it('ends when its client is closed before it is answered', async () => {
    const unanswered = ask();
    const closing = client.close();
    await expect(unanswered).rejects.toMatchObject({
      name: 'NoAnswerError',
      message: expect.stringContaining('closed'),
    });
    await closing;
  });

  it('is answered by a handler', async () => {
    const taker = await NoteTaker.start({ amqpUrl: broker.url, redisUrl: newRedisUrl() });
    taker.behave((data) => ({ asked: data }));
    const orderId = newId();
    expect(await ask({ orderId })).toEqual({ asked: { caller: shop, orderId } });
    await taker.close();
  });
});

import { Agent, request as httpRequest } from 'node:http';
import { newId } from '@holdfast/contracts';
import { TcpProxy, type TestBroker, testBroker, waitUntil } from '@holdfast/testing';
import { type Gateway } from '../src/gateway.js';
import { bearer, CLIENT_KEY, post, problemIn, startTestGateway, untilReady } from './gateway.harness.js';
import { RawConnection } from './raw-http.js';
import { ServicesDouble } from './services.double.js';

const GOOD = { productId: 'lamp', quantity: 1 };

let broker: TestBroker;
let services: ServicesDouble;

beforeAll(async () => {
  broker = await testBroker();
});
afterAll(async () => {
  await services.close();
  await broker.close();
});

describe('before the services have declared their queues', () => {
  it('an order that goes nowhere is told from one that was sent', async () => {
    const gateway = await startTestGateway(broker.url);
    await untilReady(gateway);
    const answer = await post(`${gateway.url}/orders`, GOOD);
    expect(answer.status).toBe(503);
    expect((await problemIn(answer)).code).toBe('BROKER_UNAVAILABLE');
    await gateway.stop();
    services = await ServicesDouble.start(broker.url);
  });
});

describe('without RabbitMQ', () => {
  let line: TcpProxy;
  let gateway: Gateway;

  beforeAll(async () => {
    line = await TcpProxy.open(broker.url);
    line.refuse();
    gateway = await startTestGateway(line.url);
  });
  beforeEach(() => services.forget());
  afterAll(async () => {
    await gateway.stop();
    await line.close();
  });

  const place = (headers?: Record<string, string>) => post(`${gateway.url}/orders`, GOOD, headers);

  it('it listens, says that nothing was done, and why it is not ready', async () => {
    const refused = await place({ prefer: 'wait=20' });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('3');
    expect(await problemIn(refused)).toMatchObject({
      code: 'BROKER_UNAVAILABLE',
      detail: expect.stringContaining('Nothing was done'),
    });
    const ready = await fetch(`${gateway.url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      status: 'not_ready',
      checks: expect.objectContaining({
        broker: { status: 'down', detail: expect.stringContaining('no connection to RabbitMQ') },
      }),
    });
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
  });

  it('it works once RabbitMQ is there', async () => {
    line.restore();
    await untilReady(gateway);
    expect((await place()).status).toBe(201);
  });

  it('requests on their way have an unknown outcome when it goes away, and later ones were not sent', async () => {
    services.answers.set('orders.create', () => 'no answer');
    const onItsWay = place();
    await waitUntil('the order is with the service', () => services.received.length === 1);
    line.refuse();
    const unknown = await onItsWay;
    expect(unknown.status).toBe(504);
    expect((await problemIn(unknown)).code).toBe('ANSWER_TIMEOUT');
    expect((await place()).status).toBe(503);
  });

  it('it hears of final orders again after the connection was lost', async () => {
    line.restore();
    await untilReady(gateway);
    const answering = place({ prefer: 'wait=30' });
    await waitUntil('the order is placed', () => services.received.length === 1);
    services.finish(String(services.received[0]?.properties.messageId));
    expect(await (await answering).json()).toMatchObject({ status: 'CONFIRMED' });
  });
});

describe('too many requests at once', () => {
  it('are refused before anything is sent', async () => {
    const gateway = await startTestGateway(broker.url, { MAX_IN_FLIGHT: '1' });
    await untilReady(gateway);
    services.forget();
    services.answers.set('orders.create', () => 'no answer');
    const first = post(`${gateway.url}/orders`, GOOD);
    await waitUntil('one is in flight', () => services.received.length === 1);
    const second = await post(`${gateway.url}/orders`, GOOD);
    expect(second.status).toBe(503);
    expect(second.headers.get('retry-after')).toBe('1');
    expect((await problemIn(second)).code).toBe('OVERLOADED');
    services.answerLate(0);
    expect((await first).status).toBe(201);
    expect(services.received).toHaveLength(1);
    await gateway.stop();
  });

  it('are all counted: callers who wait for their order, and tests of webhooks', async () => {
    const gateway = await startTestGateway(broker.url, { MAX_IN_FLIGHT: '2' });
    await untilReady(gateway);
    services.forget();
    for (const pattern of ['orders.create', 'webhooks.test']) services.answers.set(pattern, () => 'no answer');
    const waiting = post(`${gateway.url}/orders`, GOOD, { prefer: 'wait=30' });
    const testing = post(`${gateway.url}/webhooks/${newId()}/test`, {});
    await waitUntil('both are in flight', () => services.received.length === 2);
    for (const refused of [
      await post(`${gateway.url}/orders`, GOOD, { prefer: 'wait=30' }),
      await post(`${gateway.url}/webhooks/${newId()}/test`, {}),
      await fetch(`${gateway.url}/products`, { headers: bearer(CLIENT_KEY) }),
    ]) {
      expect(refused.status).toBe(503);
      expect((await problemIn(refused)).code).toBe('OVERLOADED');
    }
    services.answers.clear();
    for (const place of [0, 1]) services.answerLate(place);
    expect((await testing).status).toBe(404);
    services.finish(String(services.receivedBy('orders.create')[0]?.properties.messageId));
    expect((await waiting).status).toBe(201);
    expect(services.received.map(({ pattern }) => pattern).sort()).toEqual([
      'orders.create',
      'orders.get',
      'webhooks.test',
    ]);
    await gateway.stop();
  });
});

describe('stopping', () => {
  const agent = new Agent({ keepAlive: true });
  afterAll(() => agent.destroy());

  it('finishes what is in flight, answers who waits, takes nothing new and leaves no connection', async () => {
    const gateway = await startTestGateway(broker.url);
    await untilReady(gateway);
    services.forget();
    const idle = await RawConnection.open(gateway.url);
    idle.send('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    await waitUntil('the idle connection has been used', () => idle.status === 200);
    const silent = await RawConnection.open(gateway.url);
    const waiting = post(`${gateway.url}/orders`, GOOD, { prefer: 'wait=30' });
    await waitUntil('one waits', () => services.received.length === 1);
    services.answers.set('orders.create', () => 'no answer');
    const inFlight = placeOn(agent, gateway.url);
    await waitUntil('another is in flight', () => services.received.length === 2);

    const stopped = gateway.stop();
    await waitUntil('the idle connections are closed', () => idle.isClosed && silent.isClosed);
    await expect(fetch(`${gateway.url}/health/live`)).rejects.toThrow();
    expect((await waiting).status).toBe(201);
    services.answerLate(1);
    expect(await inFlight).toBe(201);
    await stopped;
  });
});

/** Places an order on a connection that stays open; resolves to the status. */
function placeOn(agent: Agent, url: string): Promise<number | undefined> {
  const body = JSON.stringify(GOOD);
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${CLIENT_KEY}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const sent = httpRequest(`${url}/orders`, { agent, method: 'POST', headers });
    sent.once('response', (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

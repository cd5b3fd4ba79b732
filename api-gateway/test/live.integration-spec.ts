import { type OrderChangeType } from '@holdfast/contracts';
import {
  type AmqpProbe,
  EventStreamClient,
  openProbe,
  TcpProxy,
  type TestBroker,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { type Gateway } from '../src/gateway.js';
import {
  bearer,
  CLIENT_KEY,
  OPERATOR_KEY,
  OTHER_CLIENT_KEY,
  problemIn,
  startTestGateway,
  untilReady,
} from './gateway.harness.js';
import { OrderHistoryDouble } from './order-history.double.js';
import { ServicesDouble } from './services.double.js';

let broker: TestBroker;
let probe: AmqpProbe;
let services: ServicesDouble;
let history: OrderHistoryDouble;
/** Beats ten times a second, and does not wait long for an answer. */
let gateway: Gateway;

beforeAll(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  services = await ServicesDouble.start(broker.url);
  history = new OrderHistoryDouble(probe);
  gateway = await startTestGateway(broker.url, { SSE_HEARTBEAT_MS: '100', REQUEST_TIMEOUT_MS: '3000' });
  await untilReady(gateway);
});
beforeEach(() => {
  services.forget();
  history.answerFor(services);
});
afterAll(async () => {
  await gateway.stop();
  await services.close();
  await probe.close();
  await broker.close();
});

const follow = (
  orderId: string,
  {
    key = CLIENT_KEY,
    seen,
    query = '',
    on = gateway,
  }: { key?: string; seen?: string; query?: string; on?: Gateway } = {},
) =>
  EventStreamClient.open(`${on.url}/orders/${orderId}/events${query}`, {
    ...bearer(key),
    ...(seen !== undefined && { 'last-event-id': seen }),
  });

const ended = (stream: EventStreamClient) => waitUntil('the stream ends', () => stream.ended);
const hasSeen = (stream: EventStreamClient, name: OrderChangeType) =>
  waitUntil(`${name} comes`, () => stream.names.includes(name));

async function metric(name: string, on = gateway): Promise<number> {
  const text = await (await fetch(`${on.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
}

const nobodyFollows = (on = gateway) =>
  waitUntil('no stream is open', async () => (await metric('holdfast_event_streams', on)) === 0);

describe('a stream', () => {
  it('gives what has happened and what happens, and ends when the order is decided', async () => {
    const orderId = history.order();
    const stream = await follow(orderId);
    expect([stream.status, stream.headers['content-type']]).toEqual([200, 'text/event-stream']);
    expect(stream.headers).toMatchObject({
      'cache-control': 'no-store, no-transform',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    });
    await hasSeen(stream, 'order.created');
    history.happens(orderId, 'order.confirmed');
    expect(await ended(stream)).toBe('well');
    expect(stream.retry).toBe(3_000);
    expect(stream.events).toMatchObject([
      { id: '1', event: 'order.created', data: { version: 1, type: 'order.created', status: 'PENDING' } },
      { id: '2', event: 'order.confirmed', data: { version: 2, status: 'CONFIRMED', data: { orderId } } },
    ]);
    await nobodyFollows();
  });

  it.each<[OrderChangeType[], string[]]>([
    [['order.confirmed'], ['order.created', 'order.confirmed']],
    [['order.rejected'], ['order.created', 'order.rejected']],
    [['order.cancelled'], ['order.created', 'order.cancelled']],
    [
      ['order.confirmed', 'order.cancelled'],
      ['order.created', 'order.confirmed', 'order.cancelled'],
    ],
  ])('of an order with %j behind it ends at once', async (types, names) => {
    const stream = await follow(history.order(...types));
    expect(await ended(stream)).toBe('well');
    expect(stream.names).toEqual(names);
  });

  it('goes on after the last event that its client has seen, and is 204 where nothing comes any more', async () => {
    const orderId = history.order('order.confirmed');
    const rest = await follow(orderId, { seen: '1' });
    await ended(rest);
    expect(rest.events.map(({ id }) => id)).toEqual(['2']);
    expect((await follow(orderId, { seen: '2' })).status).toBe(204);

    history.happens(orderId, 'order.cancelled');
    const cancelled = await follow(orderId, { seen: '2' });
    await ended(cancelled);
    expect(cancelled.names).toEqual(['order.cancelled']);
    expect((await follow(orderId, { seen: '3' })).status).toBe(204);
    await nobodyFollows();
  });

  it('takes a client that has seen more than there is for one that has seen all', async () => {
    const orderId = history.order();
    const stream = await follow(orderId, { seen: '7' });
    history.happens(orderId, 'order.confirmed');
    await ended(stream);
    expect(stream.names).toEqual(['order.confirmed']);
  });

  it('goes on until nothing can change any more where it is asked to', async () => {
    const orderId = history.order();
    const stream = await follow(orderId, { query: '?until=closed' });
    history.happens(orderId, 'order.confirmed');
    await hasSeen(stream, 'order.confirmed');
    const more = stream.comments + 2;
    await waitUntil('its heart beats', () => stream.comments > more);
    expect(stream.ended).toBeUndefined();
    history.happens(orderId, 'order.cancelled');
    expect(await ended(stream)).toBe('well');
    expect(stream.names).toEqual(['order.created', 'order.confirmed', 'order.cancelled']);
  });

  it('misses nothing that happens while it opens', async () => {
    services.answers.set('orders.events', (request) => {
      const before = history.answer(request);
      // By the time of the answer it is not true any more.
      history.happens(String(request.data.orderId), 'order.confirmed');
      history.answerFor(services);
      return before;
    });
    const stream = await follow(history.order());
    expect(await ended(stream)).toBe('well');
    expect(stream.names).toEqual(['order.created', 'order.confirmed']);
  });

  it('sends every change once, however often it is told of, and each to all who follow', async () => {
    const orderId = history.order();
    const streams = await Promise.all(Array.from({ length: 20 }, () => follow(orderId, { query: '?until=closed' })));
    history.note(orderId, 'order.confirmed');
    for (let times = 0; times < 5; times += 1) history.tell(orderId, 'order.confirmed');
    for (const stream of streams) await hasSeen(stream, 'order.confirmed');
    history.happens(orderId, 'order.cancelled');
    for (const stream of streams) {
      await ended(stream);
      expect(stream.events.map(({ id }) => id)).toEqual(['1', '2', '3']);
    }
  });

  it('reads again what it could not read', async () => {
    const orderId = history.order();
    const stream = await follow(orderId);
    await hasSeen(stream, 'order.created');
    let asked = 0;
    services.answers.set('orders.events', (request) => {
      asked += 1;
      return asked < 2 ? 'no answer' : history.answer(request);
    });
    history.happens(orderId, 'order.confirmed');
    expect(await ended(stream)).toBe('well');
    expect(stream.names).toEqual(['order.created', 'order.confirmed']);
  });

  it('costs nothing any more when its client has gone', async () => {
    // A client sees the end of its stream before the gateway counts it off.
    await nobodyFollows();
    const orderId = history.order();
    const streams = await Promise.all(Array.from({ length: 10 }, () => follow(orderId)));
    expect(await metric('holdfast_event_streams')).toBe(10);
    for (const stream of streams) stream.leave();
    await nobodyFollows();
    services.forget();
    history.happens(orderId, 'order.confirmed');
    const last = await follow(history.order('order.confirmed'));
    await ended(last);
  });

  it('is cut off when nobody reads it', async () => {
    const cutBefore = await metric('holdfast_event_streams_cut_total');
    const orderId = history.order();
    const stream = await follow(orderId);
    await hasSeen(stream, 'order.created');
    stream.pause();
    // More than any kernel keeps for a connection.
    history.note(orderId, 'order.confirmed', { orderId, much: 'x'.repeat(16_000_000) });
    history.tell(orderId, 'order.confirmed');
    await nobodyFollows();
    const cut = async () => (await metric('holdfast_event_streams_cut_total')) - cutBefore;
    await waitUntil('it is counted as cut off', async () => (await cut()) === 1);
    stream.leave();
  });
});

describe('a stream is refused', () => {
  it.each([
    ['without a key', () => EventStreamClient.open(`${gateway.url}/orders/${history.order()}/events`), 401],
    ["for another client's order", () => follow(history.order(), { key: OTHER_CLIENT_KEY }), 404],
    ['for an order that is not there', () => follow('0198b3c0-0000-7000-8000-000000000000'), 404],
    ['for what is no id', () => follow('1'), 404],
    ['with an id of another stream', () => follow(history.order(), { seen: 'abc' }), 400],
    ['with an end that there is not', () => follow(history.order(), { query: '?until=never' }), 400],
    ['with a parameter that there is not', () => follow(history.order(), { query: '?since=1' }), 400],
  ])('%s', async (_name, open, status) => {
    expect((await open()).status).toBe(status);
    await nobodyFollows();
  });

  it('to HEAD, which cannot carry one', async () => {
    const url = `${gateway.url}/orders/${history.order()}/events`;
    const answer = await fetch(url, { method: 'HEAD', headers: bearer(CLIENT_KEY) });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('and an operator gets it', async () => {
    const stream = await follow(history.order('order.rejected'), { key: OPERATOR_KEY });
    await ended(stream);
    expect(stream.names).toEqual(['order.created', 'order.rejected']);
  });

  it('where too many are open, of one client or of all', async () => {
    const small = await startTestGateway(broker.url, { SSE_MAX_STREAMS: '3', SSE_MAX_STREAMS_PER_CLIENT: '2' });
    await untilReady(small);
    const orderId = history.order();
    const open = [await follow(orderId, { on: small }), await follow(orderId, { on: small })];
    const url = `${small.url}/orders/${orderId}/events`;
    const third = await fetch(url, { headers: bearer(CLIENT_KEY) });
    expect([third.status, third.headers.get('retry-after'), (await problemIn(third)).code]).toEqual([
      429,
      '3',
      'TOO_MANY_REQUESTS',
    ]);
    open.push(await follow(orderId, { on: small, key: OPERATOR_KEY }));
    const fourth = await fetch(url, { headers: bearer(OPERATOR_KEY) });
    expect([fourth.status, fourth.headers.get('retry-after'), (await problemIn(fourth)).code]).toEqual([
      503,
      '3',
      'OVERLOADED',
    ]);
    open[0]?.leave();
    await waitUntil('there is room again', async () => (await metric('holdfast_event_streams', small)) === 2);
    expect((await follow(orderId, { on: small })).status).toBe(200);

    await small.stop();
    for (const stream of open.slice(1)) expect(await ended(stream)).toBe('well');
  });
});

describe('while RabbitMQ is away', () => {
  it('streams stay open, and give what has happened meanwhile when it is back', async () => {
    const line = await TcpProxy.open(broker.url);
    const far = await startTestGateway(line.url, { SSE_HEARTBEAT_MS: '100' });
    await untilReady(far);
    const orderId = history.order();
    const stream = await follow(orderId, { on: far });
    await hasSeen(stream, 'order.created');
    line.refuse();
    await waitUntil('it is known', async () => !(await fetch(`${far.url}/health/ready`)).ok);
    const refused = await fetch(`${far.url}/orders/${orderId}/events`, { headers: bearer(CLIENT_KEY) });
    expect([refused.status, (await problemIn(refused)).code]).toEqual([503, 'BROKER_UNAVAILABLE']);
    history.happens(orderId, 'order.confirmed');
    expect(stream.ended).toBeUndefined();
    line.restore();
    expect(await ended(stream)).toBe('well');
    expect(stream.names).toEqual(['order.created', 'order.confirmed']);
    await far.stop();
    await line.close();
  });
});

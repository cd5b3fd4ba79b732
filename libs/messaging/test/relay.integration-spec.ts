import { newId, type Pattern, type ReserveStock } from '@holdfast/contracts';
import { appendEvent, type MessageOrigin, republishEvent } from '@holdfast/messaging';
import { type Dialect } from '@holdfast/platform';
import {
  type AmqpProbe,
  aReserveStock,
  dialects,
  newRedisUrl,
  openProbe,
  type SeenMessage,
  TcpProxy,
  type TestBroker,
  TestDatabase,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { NoteTaker } from './note-taker.js';

let broker: TestBroker;
let probe: AmqpProbe;
let line: TcpProxy;
let database: TestDatabase;
let takers: NoteTaker[];

async function setUp(dialect: Dialect): Promise<void> {
  database = await TestDatabase.create(dialect);
  broker = await testBroker();
  probe = await openProbe(broker.url);
  line = await TcpProxy.open(broker.url);
  takers = [];
}

async function tearDown(): Promise<void> {
  for (const taker of takers) await taker.close();
  await probe.close();
  await line.close();
  await broker.close();
  await database.close();
}

/** One more instance of the service, on the same database. */
async function start(): Promise<NoteTaker> {
  const { location } = database;
  const taker = await NoteTaker.prepare({ amqpUrl: line.url, redisUrl: newRedisUrl(), location });
  takers.push(taker);
  return taker;
}

const origin = (): MessageOrigin => ({
  messageId: newId(),
  correlationId: 'c-1',
  traceparent: '00-a-b-01',
  occurredAt: Date.now(),
});

/** Appends one order's event and the command that goes with it, in one transaction. */
function appendPair({ runtime }: NoteTaker, reserve: ReserveStock = aReserveStock()): Promise<void> {
  const { orderId, clientId, idempotencyKey, items } = reserve;
  const streamId = streamOf(reserve);
  const createdAt = new Date().toISOString();
  const created = { orderId, clientId, idempotencyKey, reference: null, status: 'PENDING' as const, items, createdAt };
  return runtime.unitOfWork.run(async (tx) => {
    await appendEvent(tx, { streamId, type: 'order.created', data: created }, origin());
    await appendEvent(tx, { streamId, type: 'product.reserveStock', data: reserve }, origin());
  });
}

const streamOf = ({ orderId }: ReserveStock): string => `order/${orderId}`;

/** Ids of the events of a type in the log, in its order. */
async function logged({ runtime }: NoteTaker, type: Pattern): Promise<string[]> {
  const sql = 'SELECT id FROM events WHERE type = ? ORDER BY position';
  const rows = await runtime.queries.all<{ id: string }>(sql, [type]);
  return rows.map(({ id }) => id);
}

const ready = (taker: NoteTaker) =>
  waitUntil('the service is connected', () => taker.check('broker (publishing)') === 'up');

const idsOf = (messages: SeenMessage[]): (string | undefined)[] => messages.map(({ messageId }) => messageId);

/** Every id at its first appearance: what is published again may come between others, and must not change their order. */
const firstSeen = (messages: SeenMessage[]): (string | undefined)[] => [...new Set(idsOf(messages))];

const backlog = async (taker: NoteTaker): Promise<number> => {
  const text = await taker.runtime.metrics.metrics();
  return Number(/^holdfast_relay_backlog_events (\d+)/m.exec(text)?.[1]);
};

describe.each(dialects)('the relay on %s', (dialect) => {
  beforeEach(() => setUp(dialect));
  afterEach(tearDown);

  it('publishes events to the exchange and commands to their queue, under the ids of the log', async () => {
    const taker = await start();
    await ready(taker);
    const events = await probe.collect({ exchange: 'events', routingKey: '#' });
    const commands = await probe.collect({ queue: 'products_queue' });
    const reserve = aReserveStock();
    await appendPair(taker, reserve);
    await waitUntil('both are published', () => events.length === 1 && commands.length === 1);
    expect(events[0]).toMatchObject({
      routingKey: 'order.created',
      messageId: (await logged(taker, 'order.created'))[0],
      correlationId: 'c-1',
      headers: { 'x-causation-id': expect.any(String), traceparent: '00-a-b-01' },
      body: { pattern: 'order.created', data: { orderId: reserve.orderId, status: 'PENDING' } },
    });
    expect(commands[0]).toMatchObject({
      messageId: (await logged(taker, 'product.reserveStock'))[0],
      body: { pattern: 'product.reserveStock', data: reserve },
    });
  });

  it('publishes nothing of what is rolled back', async () => {
    const taker = await start();
    await ready(taker);
    const commands = await probe.collect({ queue: 'products_queue' });
    const undone = taker.runtime.unitOfWork.run(async (tx) => {
      const data = aReserveStock();
      await appendEvent(tx, { streamId: 'order/x', type: 'product.reserveStock', data }, origin());
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await appendPair(taker);
    await waitUntil('the next one is published', () => commands.length === 1);
    expect(idsOf(commands)).toEqual(await logged(taker, 'product.reserveStock'));
  });

  it('gives versions to the events of a stream', async () => {
    const taker = await start();
    const reserve = aReserveStock();
    await appendPair(taker, reserve);
    await appendPair(taker, reserve);
    const sql = 'SELECT version FROM events WHERE stream_id = ? ORDER BY position';
    const rows = await taker.runtime.queries.all(sql, [streamOf(reserve)]);
    expect(rows).toEqual([1, 2, 3, 4].map((version) => ({ version })));
  });

  it('keeps the order of the log and loses nothing when its connection is closed twice among 2,000 events', async () => {
    const taker = await start();
    await ready(taker);
    const commands = await probe.collect({ queue: 'products_queue' });
    let appended = 0;
    const append = async (count: number) => {
      for (const before = appended; appended < before + count; appended += 50) {
        await Promise.all(Array.from({ length: 50 }, () => appendPair(taker)));
      }
    };
    const closed = broker.closeConnection('notes publishes');
    while (appended < 500) await append(50);
    await closed;
    while (appended < 750) await append(50);
    await waitUntil('it publishes again', () => commands.length > 500);
    // Now with confirms on their way that never arrive: what they are about may have arrived.
    line.muteServer();
    await append(250);
    line.cut();
    line.restore();
    const complete = () => new Set(idsOf(commands)).size >= appended;
    await waitUntil('everything is published', complete, { timeoutMs: 60_000 });
    expect(firstSeen(commands)).toEqual(await logged(taker, 'product.reserveStock'));
    await waitUntil('nothing waits', async () => (await backlog(taker)) === 0);
  });

  it('publishes the same event under the same id where its confirm was lost', async () => {
    const taker = await start();
    await ready(taker);
    const commands = await probe.collect({ queue: 'products_queue' });
    line.muteServer();
    await appendPair(taker);
    await waitUntil('the broker has it', () => commands.length === 1);
    line.cut();
    line.restore();
    await waitUntil('it is published again', () => commands.length >= 2);
    expect(firstSeen(commands)).toEqual(await logged(taker, 'product.reserveStock'));
    expect(commands[1]?.raw).toEqual(commands[0]?.raw);
  });

  it('publishes again under the same id what a crash has left unmarked', async () => {
    const first = await start();
    await ready(first);
    const commands = await probe.collect({ queue: 'products_queue' });
    // The broker has it, and the relay never learns: as if it had ended between publishing and storing its position.
    line.muteServer();
    await appendPair(first);
    await waitUntil('the broker has it', () => commands.length === 1);
    line.refuse();
    await first.close();

    line.restore();
    const second = await start();
    await waitUntil('it is published again', () => commands.length === 2);
    const [id] = await logged(second, 'product.reserveStock');
    expect(idsOf(commands)).toEqual([id, id]);
    await waitUntil('nothing waits', async () => (await backlog(second)) === 0);
  });

  it('goes on after a restart where it was, and with what came while it could not publish', async () => {
    const first = await start();
    await ready(first);
    const commands = await probe.collect({ queue: 'products_queue' });
    await appendPair(first);
    await waitUntil('the first is published', () => commands.length === 1);
    // The message comes before the confirm, without which it would go out again.
    await waitUntil('the relay knows', async () => (await backlog(first)) === 0);
    line.refuse();
    await waitUntil('the broker is away', () => first.check('broker (publishing)') === 'down');
    await appendPair(first);
    expect(await backlog(first)).toBe(2);
    await first.close();

    line.restore();
    const second = await start();
    await waitUntil('the second is published', () => commands.length === 2);
    expect(idsOf(commands)).toEqual(await logged(second, 'product.reserveStock'));
    await waitUntil('nothing waits', async () => (await backlog(second)) === 0);
  });

  it('publishes what is in the log before its broker has ever been there', async () => {
    line.refuse();
    const taker = await start();
    await appendPair(taker);
    expect(await backlog(taker)).toBe(2);
    line.restore();
    await ready(taker);
    expect([(await probe.next('products_queue')).messageId]).toEqual(await logged(taker, 'product.reserveStock'));
  });

  it('publishes an event again when asked, under its id and marked as such', async () => {
    const taker = await start();
    await ready(taker);
    const commands = await probe.collect({ queue: 'products_queue' });
    const reserve = aReserveStock();
    await appendPair(taker, reserve);
    await waitUntil('it is published', () => commands.length === 1);
    await taker.runtime.unitOfWork.run((tx) => republishEvent(tx, streamOf(reserve), 'product.reserveStock'));
    await waitUntil('it is published again', () => commands.length === 2);
    const [id] = await logged(taker, 'product.reserveStock');
    expect(idsOf(commands)).toEqual([id, id]);
    expect(commands.map(({ headers }) => headers['x-republished'])).toEqual([undefined, true]);
    // The broker hands the message on before the relay, which has its confirm, forgets that it was asked.
    await waitUntil('the relay has forgotten that it was asked', async () => {
      return (await taker.runtime.queries.all('SELECT * FROM republications')).length === 0;
    });
  });

  it('tries a command whose queue is gone until it is there again, and floods nobody meanwhile', async () => {
    const taker = await start();
    await ready(taker);
    await broker.deleteQueue('products_queue');
    const tries = () => taker.logs.filter((line) => line.includes('no queue products_queue')).length;
    const commits = 200;
    for (let commit = 0; commit < commits; commit += 1) await appendPair(taker);
    await waitUntil('it says that it failed', () => tries() > 0);
    // Every try publishes again what the log holds from there on: tries come with time, not with commits.
    expect(tries()).toBeLessThan(commits / 4);
    await probe.raw.assertQueue('products_queue', { durable: true });
    await waitUntil('nothing waits', async () => (await backlog(taker)) === 0);
    const commands = await probe.collect({ queue: 'products_queue' });
    await waitUntil('all have arrived', () => firstSeen(commands).length === commits);
    expect(firstSeen(commands)).toEqual(await logged(taker, 'product.reserveStock'));
  });

  it('lets an event that no queue asks for be seen on the exchange for such', async () => {
    const taker = await start();
    await ready(taker);
    const unrouted = await probe.collect({ exchange: 'events.unrouted', routingKey: '' });
    await appendPair(taker);
    await waitUntil('it is seen', () => unrouted.length === 1);
    expect(idsOf(unrouted)).toEqual(await logged(taker, 'order.created'));
  });
});

import { newId } from '@holdfast/contracts';
import { appendEvent } from '@holdfast/messaging';
import {
  type AmqpProbe,
  aReserveStock,
  newRedisUrl,
  openProbe,
  type SeenMessage,
  type TestBroker,
  type TestPostgres,
  testBroker,
  testPostgres,
  waitUntil,
} from '@holdfast/testing';
import { NoteTaker } from './note-taker.js';

let broker: TestBroker;
let probe: AmqpProbe;
let postgres: TestPostgres;
let takers: NoteTaker[];

beforeEach(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  postgres = await testPostgres();
  takers = [];
});
afterEach(async () => {
  for (const taker of takers) await taker.close();
  await probe.close();
  await broker.close();
  await postgres.close();
});

/** One more instance of the service. */
async function start(): Promise<NoteTaker> {
  const location = { dialect: 'postgres' as const, url: postgres.url };
  const taker = await NoteTaker.prepare({ amqpUrl: broker.url, redisUrl: newRedisUrl(), location });
  takers.push(taker);
  await waitUntil('the service is connected', () => taker.check('broker (publishing)') === 'up');
  return taker;
}

/** At most as many as have a connection: one that waits for it for 10 s is given up. */
const AT_ONCE = 10;

async function append({ runtime }: NoteTaker, count: number): Promise<void> {
  const one = () =>
    runtime.unitOfWork.run((tx) => {
      const origin = { messageId: newId(), correlationId: 'c', traceparent: undefined, occurredAt: Date.now() };
      return appendEvent(tx, { streamId: 'order/1', type: 'product.reserveStock', data: aReserveStock() }, origin);
    });
  for (let left = count; left > 0; left -= AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, one));
  }
}

const idsOf = (messages: SeenMessage[]): (string | undefined)[] => messages.map(({ messageId }) => messageId);

async function logged({ runtime }: NoteTaker): Promise<string[]> {
  const rows = await runtime.queries.all<{ id: string }>('SELECT id FROM events ORDER BY position');
  return rows.map(({ id }) => id);
}

/** The session that has the lock, as the server lists it. */
const HOLDERS = `
  SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

describe('a log that several instances share', () => {
  it('is published by one of them, once and in order, whoever appends', async () => {
    const [first, second] = [await start(), await start()];
    const commands = await probe.collect({ queue: 'products_queue' });
    for (let round = 0; round < 5; round += 1) await Promise.all([append(first, 20), append(second, 20)]);
    await waitUntil('all is published', () => commands.length >= 200);
    expect(idsOf(commands)).toEqual(await logged(first));
    expect([first, second].map((taker) => taker.check('relay'))).toEqual(['up', 'up']);
    for (const taker of takers) {
      await waitUntil('both know that nothing waits', async () =>
        (await taker.runtime.metrics.metrics()).includes('holdfast_relay_backlog_events 0'),
      );
    }
  });

  it('is published on by the next one when the first one stops', async () => {
    const [first, second] = [await start(), await start()];
    const commands = await probe.collect({ queue: 'products_queue' });
    await append(second, 10);
    await waitUntil('they are published', () => commands.length === 10);
    await first.close();
    await append(second, 10);
    await waitUntil('the others are too', () => commands.length >= 20);
    expect(idsOf(commands)).toEqual(await logged(second));
  });

  it('loses nothing, and keeps its order, when whoever publishes loses its connection again and again', async () => {
    const [first, second] = [await start(), await start()];
    const commands = await probe.collect({ queue: 'products_queue' });
    const admin = await postgres.connect();
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([append(first, 50), append(second, 50)]);
      const { rows } = await admin.query<{ pid: number }>(HOLDERS);
      for (const { pid } of rows) await admin.query('SELECT pg_terminate_backend($1)', [pid]);
    }
    await waitUntil('all is published', () => new Set(idsOf(commands)).size === 400, { timeoutMs: 60_000 });
    expect([...new Set(idsOf(commands))]).toEqual(await logged(first));
  });
});

import { newId } from '@holdfast/contracts';
import {
  type AmqpProbe,
  aMessage,
  aStockReserved,
  newRedisUrl,
  openProbe,
  type TestBroker,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { NoteTaker } from './note-taker.js';

const MESSAGES = 20;

// The third attempt at a message comes half a minute after the second one.
const HANDLED = { timeoutMs: 120_000 };

let broker: TestBroker;
let probe: AmqpProbe;
let taker: NoteTaker;

beforeAll(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  taker = await NoteTaker.start({ amqpUrl: broker.url, redisUrl: newRedisUrl() });
});
afterAll(async () => {
  await taker.close();
  await probe.close();
  await broker.close();
});

/** Pages that the file may have; as many as it has already is a full disk. */
const limitFile = (pages: number) => taker.runtime.unitOfWork.run((tx) => tx.get(`PRAGMA max_page_count = ${pages}`));

/** What a handler stores needs pages of its own. */
const storeMuch = () =>
  taker.behave((_data, context) =>
    context.tx.run('INSERT INTO notes (message_id, guard) VALUES (?, ?)', ['ballast', 'x'.repeat(50_000)]),
  );

const checkOfDatabase = () => taker.runtime.health.report().checks.database;

const noted = async (ids: readonly string[]): Promise<string[]> => {
  const notes = await taker.notes();
  return notes.map(({ messageId }) => messageId).filter((id) => ids.includes(id));
};

describe('a service whose disk is full', () => {
  it('says so, keeps every message, and goes on by itself when there is room', async () => {
    await waitUntil('it is ready', () => taker.ready);
    storeMuch();
    await limitFile(1);
    const ids = Array.from({ length: MESSAGES }, () => newId());
    for (const messageId of ids) {
      await probe.publish('orders_queue', aMessage('product.stockReserved', aStockReserved()), { messageId });
    }
    await waitUntil('it is not ready', () => !taker.ready);
    expect(checkOfDatabase()).toEqual({
      status: 'down',
      detail: expect.stringMatching(/^the database did not commit: .*database or disk is full/),
    });
    expect(await noted(ids)).toEqual([]);

    await waitUntil('there is room', () => limitFile(100_000).then(() => true));
    await waitUntil('it is ready', () => taker.ready);
    expect(checkOfDatabase()).toEqual({ status: 'up' });
    await waitUntil('every message is handled', async () => (await noted(ids)).length >= MESSAGES, HANDLED);
    expect((await noted(ids)).sort()).toEqual([...ids].sort());
    expect(await probe.depth('orders_queue.dlq')).toBe(0);
  });
});

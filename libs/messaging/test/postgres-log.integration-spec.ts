import { newId } from '@holdfast/contracts';
import {
  appendEvent,
  CreateEventLogAndInbox1700000000000,
  type EventLogReader,
  openEventLog,
} from '@holdfast/messaging';
import { type Database, type Transaction } from '@holdfast/platform';
import { aStockReserved, TestDatabase, waitUntil } from '@holdfast/testing';
import { enterInbox } from '../src/consumer/inbox.js';

const schema = { entities: [], migrations: [CreateEventLogAndInbox1700000000000] };

let test: TestDatabase;
let database: Database;
let log: EventLogReader;

beforeEach(async () => {
  test = await TestDatabase.create('postgres');
  database = await test.open(schema);
  log = openEventLog(database);
});
afterEach(() => test.close());

const append = (tx: Transaction, streamId: string): Promise<void> => {
  const origin = { messageId: newId(), correlationId: 'c', traceparent: undefined, occurredAt: Date.now() };
  return appendEvent(tx, { streamId, type: 'product.stockReserved', data: aStockReserved() }, origin);
};

interface OpenTransaction {
  tx: Transaction;
  commit: () => Promise<void>;
  rollBack: () => Promise<void>;
}

/** A transaction that stays open until the test says how it ends. */
async function begin(): Promise<OpenTransaction> {
  let end: (fate: 'commit' | 'roll back') => void = () => undefined;
  const fate = new Promise<'commit' | 'roll back'>((resolve) => {
    end = resolve;
  });
  let done: Promise<void> = Promise.resolve();
  const tx = await new Promise<Transaction>((resolve) => {
    done = database.unitOfWork.run(async (opened) => {
      resolve(opened);
      if ((await fate) === 'roll back') throw new Error('rolled back');
    });
  });
  const ended = done.catch(() => undefined);
  return {
    tx,
    commit: () => {
      end('commit');
      return done;
    },
    rollBack: () => {
      end('roll back');
      return ended;
    },
  };
}

const commit = (streamId: string): Promise<void> => database.unitOfWork.run((tx) => append(tx, streamId));

/** Reads until so many have come, as a relay does. */
async function read(events: number): Promise<number[]> {
  const seen: number[] = [];
  await waitUntil(`${events} events are readable`, async () => {
    seen.push(...(await log.after(seen.at(-1) ?? 0, 100)).map(({ position }) => position));
    return seen.length >= events;
  });
  return seen;
}

describe('the log that many transactions write', () => {
  it('is read up to a position that is not visible yet, and no further', async () => {
    const early = await begin();
    await append(early.tx, 'order/early');
    await commit('order/late');
    await commit('order/later');
    for (let reads = 0; reads < 3; reads += 1) {
      expect(await log.after(0, 100)).toEqual([]);
      expect(log.waiting).toBe(true);
    }
    await early.commit();
    expect(await read(3)).toEqual([1, 2, 3]);
    expect(log.waiting).toBe(false);
  });

  it('is read past a position that was rolled back, but not before it was', async () => {
    await commit('order/first');
    const early = await begin();
    await append(early.tx, 'order/early');
    await commit('order/late');
    expect((await log.after(0, 100)).map(({ position }) => position)).toEqual([1]);
    expect(await log.after(1, 100)).toEqual([]);
    await early.rollBack();
    expect(await read(2)).toEqual([1, 3]);
  });

  it('tells apart those of several missing positions that come and those that do not', async () => {
    const [one, two, three] = [await begin(), await begin(), await begin()];
    for (const [index, { tx }] of [one, two, three].entries()) await append(tx, `order/${index}`);
    await commit('order/late');
    expect(await log.after(0, 100)).toEqual([]);
    await two.rollBack();
    await three.commit();
    expect(await log.after(0, 100)).toEqual([]);
    await one.commit();
    expect(await read(3)).toEqual([1, 3, 4]);
  });

  it('waits for nobody who does not write it', async () => {
    const stranger = await begin();
    await enterInbox(stranger.tx, 'm-1', 'orders');
    const undone = await begin();
    await append(undone.tx, 'order/undone');
    await undone.rollBack();
    await commit('order/1');
    expect(await read(1)).toEqual([2]);
    await stranger.commit();
  });

  it('misses nothing of a transaction that is older than its place in the log', async () => {
    const old = await begin();
    // It writes from here on, and takes its position much later.
    await enterInbox(old.tx, 'm-1', 'orders');
    await commit('order/1');
    const undone = await begin();
    await append(undone.tx, 'order/undone');
    await undone.rollBack();
    await commit('order/2');
    expect((await log.after(0, 100)).map(({ position }) => position)).toEqual([1]);
    await append(old.tx, 'order/1');
    await old.commit();
    expect(await read(3)).toEqual([1, 3, 4]);
    const versions = await database.queries.all(
      "SELECT version FROM events WHERE stream_id = 'order/1' ORDER BY position",
    );
    expect(versions).toEqual([{ version: 1 }, { version: 2 }]);
  });

  it('misses nothing among many that come and go', async () => {
    let ended = false;
    const write = (index: number) =>
      database.unitOfWork.run(async (tx) => {
        if (index % 3 === 0) await enterInbox(tx, `m-${index}`, 'orders');
        await append(tx, `order/${index % 7}`);
        await append(tx, `order/${index}`);
        if (index % 5 === 0) throw new Error('no');
      });
    // As many at a time as there are connections: one that waits for its turn for 10 s is given up.
    const lane = async (first: number) => {
      for (let index = first; index < 300; index += 10) await write(index).catch(() => undefined);
    };
    const writing = Promise.all(Array.from({ length: 10 }, (_, first) => lane(first))).then(() => {
      ended = true;
    });
    const seen: number[] = [];
    while (!ended) seen.push(...(await log.after(seen.at(-1) ?? 0, 20)).map(({ position }) => position));
    await writing;
    await waitUntil('all is read', async () => {
      seen.push(...(await log.after(seen.at(-1) ?? 0, 100)).map(({ position }) => position));
      return seen.length >= 480;
    });
    const stored = await database.queries.all<{ position: number }>('SELECT position FROM events ORDER BY position');
    expect(seen).toEqual(stored.map(({ position }) => position));
  });
});

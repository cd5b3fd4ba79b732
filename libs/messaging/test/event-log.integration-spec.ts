import { newId } from '@holdfast/contracts';
import {
  appendEvent,
  appendEvents,
  CreateEventLogAndInbox1700000000000,
  openEventLog,
  republishEvent,
} from '@holdfast/messaging';
import { type Database, type Transaction } from '@holdfast/platform';
import { aStockReserved, dialects, TestDatabase, waitUntil } from '@holdfast/testing';
import { enterInbox } from '../src/consumer/inbox.js';

const schema = { entities: [], migrations: [CreateEventLogAndInbox1700000000000] };

const append = (tx: Transaction, streamId: string): Promise<void> => {
  const origin = { messageId: newId(), correlationId: 'c', traceparent: undefined, occurredAt: Date.now() };
  return appendEvent(tx, { streamId, type: 'product.stockReserved', data: aStockReserved() }, origin);
};

describe.each(dialects)('the tables of messaging on %s', (dialect) => {
  let test: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    test = await TestDatabase.create(dialect);
    database = await test.open(schema);
  });
  afterEach(() => test.close());

  const run = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => database.unitOfWork.run(work);
  const count = async (table: string): Promise<number> => {
    const [row] = await database.queries.all<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`);
    return row?.rows ?? 0;
  };

  describe('the inbox', () => {
    it('lets a message in once for each consumer', async () => {
      const enter = (id: string, consumer: string) => run((tx) => enterInbox(tx, id, consumer));
      expect(await enter('m-1', 'orders')).toBe(true);
      expect(await enter('m-1', 'orders')).toBe(false);
      expect(await enter('m-1', 'products')).toBe(true);
      expect(await enter('m-2', 'orders')).toBe(true);
      expect(await count('inbox')).toBe(3);
    });

    it('lets one in of many that come at the same time', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => run((tx) => enterInbox(tx, 'm-1', 'orders'))));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('lets the next one in where the first one is rolled back', async () => {
      const others: Promise<boolean>[] = [];
      const failing = run(async (tx) => {
        await enterInbox(tx, 'm-1', 'orders');
        // They come while this one is under way, and wait for how it ends.
        while (others.length < 5) others.push(run((other) => enterInbox(other, 'm-1', 'orders')));
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect((await Promise.all(others)).filter(Boolean)).toHaveLength(1);
    });
  });

  describe('the event log', () => {
    /** Versions of a stream in order of position. */
    const versions = async (streamId: string): Promise<number[]> => {
      const sql = 'SELECT version FROM events WHERE stream_id = ? ORDER BY position';
      return (await database.queries.all<{ version: number }>(sql, [streamId])).map(({ version }) => version);
    };
    const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

    it('numbers the events of every stream without a gap, in the order of the log, whoever appends', async () => {
      const streams = ['order/1', 'order/2', 'order/3'];
      const failing: Promise<unknown>[] = [];
      const work = Array.from({ length: 60 }, (_, index) => {
        const appended = run(async (tx) => {
          // A row of its own first: on PostgreSQL the transaction is then older than its place in the stream.
          await enterInbox(tx, `m-${index}`, 'orders');
          await append(tx, streams[index % 3] ?? '');
          if (index % 10 === 9) throw new Error('no');
        });
        if (index % 10 === 9) failing.push(appended);
        return appended;
      });
      await Promise.allSettled(work);
      for (const appended of failing) await expect(appended).rejects.toThrow('no');
      const found = await Promise.all(streams.map(versions));
      for (const stream of found) expect(stream).toEqual(upTo(stream.length));
      expect(found.flat()).toHaveLength(54);
    });

    it('numbers several that are appended at once in their order, behind those that are there', async () => {
      const origin = { messageId: newId(), correlationId: 'c', traceparent: undefined, occurredAt: Date.now() };
      const orderId = newId();
      const data = { orderId, clientId: 'shop', idempotencyKey: orderId };
      const several = (tx: Transaction) =>
        appendEvents(
          tx,
          'order/1',
          [
            { type: 'product.stockReserved', data: aStockReserved() },
            { type: 'product.releaseStock', data },
          ],
          origin,
        );
      await run((tx) => append(tx, 'order/1'));
      await Promise.all([run(several), run(several), run((tx) => append(tx, 'order/2'))]);
      expect(await versions('order/1')).toEqual(upTo(5));
      expect(await versions('order/2')).toEqual([1]);
      const stored = await database.queries.all<{ type: string }>(
        "SELECT type FROM events WHERE stream_id = 'order/1' ORDER BY version",
      );
      const pair = ['product.stockReserved', 'product.releaseStock'];
      expect(stored.map(({ type }) => type)).toEqual(['product.stockReserved', ...pair, ...pair]);
    });

    it('numbers on after a part that was undone', async () => {
      await run(async (tx) => {
        await append(tx, 'order/1');
        const part = tx.savepoint(() => append(tx, 'order/1').then(() => Promise.reject(new Error('no'))));
        await expect(part).rejects.toThrow('no');
        await append(tx, 'order/1');
      });
      expect(await versions('order/1')).toEqual([1, 2]);
    });

    it('is read in order, piece by piece, past what was rolled back', async () => {
      const log = openEventLog(database);
      for (let index = 0; index < 5; index += 1) {
        await run((tx) => append(tx, `order/${index}`));
        await expect(run((tx) => append(tx, 'order/x').then(() => Promise.reject(new Error('no'))))).rejects.toThrow();
      }
      const seen: number[] = [];
      await waitUntil('all is read', async () => {
        seen.push(...(await log.after(seen.at(-1) ?? 0, 2)).map(({ position }) => position));
        return seen.length >= 5;
      });
      expect(seen).toHaveLength(5);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(await log.backlog(seen[2] ?? 0)).toEqual({ events: 2, oldest: expect.any(Number) });
      expect(await log.backlog(seen[4] ?? 0)).toEqual({ events: 0, oldest: undefined });
    });

    it('has the newest event of a type published again', async () => {
      await run((tx) => append(tx, 'order/1'));
      await run((tx) => append(tx, 'order/1'));
      await run((tx) => append(tx, 'order/2'));
      await run((tx) => republishEvent(tx, 'order/1', 'product.stockReserved'));
      await run((tx) => republishEvent(tx, 'order/9', 'product.stockReserved'));
      const log = openEventLog(database);
      const [newest] = await database.queries.all<{ id: string; position: number }>(
        "SELECT id, position FROM events WHERE stream_id = 'order/1' AND version = 2",
      );
      const position = newest?.position ?? 0;
      expect(await log.republications(10, position - 1)).toEqual([]);
      const [republication, ...others] = await log.republications(10, position);
      expect(others).toEqual([]);
      expect(republication?.event.id).toBe(newest?.id);
    });
  });
});

import { dialects } from '@holdfast/testing';
import { MendAskTimes } from '../src/app/mend-ask-times.js';
import { SqlOrderRepository } from '../src/outbound/sql-order.repository.js';
import { anOrder, OrderBook } from './order-book.harness.js';

const HOUR_MS = 3_600_000;

describe.each(dialects)('asks that a clock ahead has scheduled, on %s', (dialect) => {
  let book: OrderBook;
  let now: number;
  let mend: MendAskTimes;

  beforeEach(async () => {
    book = await OrderBook.open(dialect);
    now = Date.now();
    mend = new MendAskTimes(new SqlOrderRepository(), book.database.unitOfWork);
  });
  afterEach(() => book.close());

  /** An order that is to be asked for at a time, and has been for so often. */
  const waits = async (askInMs: number, asks = 0, status: 'PENDING' | 'CANCELLED' | 'CONFIRMED' = 'PENDING') => {
    const order = anOrder({ status });
    await book.store(order);
    await book.database.unitOfWork.run((tx) =>
      tx.run('UPDATE orders SET ask_again_at = ?, asks = ? WHERE id = ?', [now + askInMs, asks, order.id]),
    );
    return order.id;
  };
  const asksInMs = async (id: string) => {
    const [row] = await book.database.queries.all<{ at: number }>(
      'SELECT ask_again_at AS at FROM orders WHERE id = ?',
      [id],
    );
    return (row?.at ?? 0) - now;
  };

  it('come after their own pause, from now', async () => {
    const [pending, asked, cancelled] = [
      await waits(HOUR_MS + 30_000),
      await waits(HOUR_MS + 60_000, 1),
      await waits(HOUR_MS + 30_000, 0, 'CANCELLED'),
    ];
    expect(await mend.execute(now)).toBe(3);
    expect([await asksInMs(pending), await asksInMs(asked), await asksInMs(cancelled)]).toEqual([
      30_000, 60_000, 30_000,
    ]);
    expect(await mend.execute(now)).toBe(0);
  });

  it('are not those of a right clock, nor of orders that wait for nothing', async () => {
    await waits(30_000);
    await waits(HOUR_MS, 9);
    await waits(2 * HOUR_MS, 0, 'CONFIRMED');
    expect(await mend.execute(now)).toBe(0);
  });

  it('are found behind those that wait an hour for their turn', async () => {
    for (let order = 0; order < 20; order += 1) await waits(HOUR_MS - order, 9);
    const wrong = await waits(HOUR_MS - 10_000);
    expect(await mend.execute(now)).toBe(1);
    expect(await asksInMs(wrong)).toBe(30_000);
  });
});

it('a clock that is behind that of the server moves nothing: it is the wrong one', async () => {
  const book = await OrderBook.open('postgres');
  const now = Date.now() - HOUR_MS;
  const order = anOrder();
  await book.store(order);
  expect(await new MendAskTimes(new SqlOrderRepository(), book.database.unitOfWork).execute(now)).toBe(0);
  await book.close();
});

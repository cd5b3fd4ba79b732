import { newId } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { aSoldLine, aStockRefused, aStockReserved } from '@holdfast/testing';
import { SqlOrderLists } from '../src/outbound/sql-order.lists.js';
import { cancelling, deciding, placing } from './concurrent-orders.harness.js';
import { EVERYTHING, OrderBook } from './order-book.harness.js';
import { StatementLog } from './statement-log.js';

const MANY_LINES = 100;

// To PostgreSQL every statement is a round trip, and most of what an order costs.
describe('what PostgreSQL is asked', () => {
  let book: OrderBook;

  beforeAll(async () => {
    book = await OrderBook.open('postgres');
  });
  afterAll(() => book.close());

  /** The first words of each statement of a transaction. */
  async function asked(work: (tx: Transaction) => Promise<unknown>): Promise<string[]> {
    const log = new StatementLog();
    await book.database.unitOfWork.run((tx) => work(log.transaction(tx)));
    return log.statements.map(({ sql }) => {
      const [, verb, name] = /(INSERT INTO|UPDATE|SELECT (?=pg_)|SELECT.*?FROM) ?(\w+)/s.exec(sql) ?? [];
      return `${verb?.split(/\s/)[0]} ${name}`;
    });
  }
  const items = (count: number) =>
    Array.from({ length: count }, (_, line) => ({ productId: `p-${line}`, quantity: line + 1 }));
  const placed = async (count: number): Promise<string> => {
    const id = newId();
    await book.database.unitOfWork.run(placing({ items: items(count) }, id));
    return id;
  };

  const STORED = ['INSERT orders', 'INSERT order_items'];
  const APPENDED = ['SELECT pg_advisory_xact_lock', 'INSERT events'];

  it.each([1, MANY_LINES])('for an order of %d lines is the same', async (count) => {
    expect(await asked(placing({ items: items(count) }))).toEqual([...STORED, ...APPENDED]);
    const withKey = placing({ items: items(count), idempotencyKey: newId() });
    const key = 'idempotency_keys';
    expect(await asked(withKey)).toEqual([`SELECT ${key}`, ...STORED, `INSERT ${key}`, ...APPENDED]);
  });

  it.each([1, MANY_LINES])('for the decision about %d lines is the same', async (count) => {
    const sold = items(count).map(({ quantity }) => aSoldLine({ quantity }));
    const confirm = deciding(aStockReserved({ orderId: await placed(count), items: sold }));
    expect(await asked(confirm)).toEqual(['UPDATE orders', 'UPDATE order_items', ...APPENDED]);
    const reject = deciding(aStockRefused({ orderId: await placed(count) }));
    expect(await asked(reject)).toEqual(['UPDATE orders', 'SELECT order_items', ...APPENDED]);
  });

  it.each([1, MANY_LINES])('for the cancellation of %d lines is the same', async (count) => {
    const cancel = cancelling(await placed(count));
    expect(await asked(cancel)).toEqual(['SELECT orders', 'SELECT orders', 'UPDATE orders', ...APPENDED]);
  });

  it('for a page is its positions and its orders', async () => {
    for (let order = 0; order < 20; order += 1) await placed(3);
    const log = new StatementLog();
    const lists = new SqlOrderLists({ dialect: 'postgres', queries: log.queries(book.database.queries) });
    const { orders } = await lists.page(EVERYTHING, undefined, 20);
    expect(orders).toHaveLength(20);
    expect(log.statements).toHaveLength(2);
  });
});

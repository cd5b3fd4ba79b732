import { Registry } from 'prom-client';
import { type OrderFilter } from '../src/app/order-lists.ports.js';
import { observeOverdueOrders } from '../src/outbound/overdue-orders.metric.js';
import { SqlOrderLists } from '../src/outbound/sql-order.lists.js';
import { SqlOrderRepository } from '../src/outbound/sql-order.repository.js';
import { anOrder, EVERYTHING, OrderBook, StatementLog } from './order-book.harness.js';

let book: OrderBook;
let log: StatementLog;

beforeAll(async () => {
  book = await OrderBook.open();
  await book.store(anOrder({ reference: 'R' }), anOrder({ status: 'CONFIRMED', reference: 'R' }));
});
beforeEach(() => {
  log = new StatementLog();
});
afterAll(() => book.close());

/** What SQLite does for the statements that have passed, step by step. */
async function steps(): Promise<string[]> {
  expect(log.statements.length).toBeGreaterThan(0);
  return (await Promise.all(log.statements.map(({ sql, params }) => book.stepsOf(sql, params)))).flat();
}

const indexes = (of: readonly string[]): string[] => [
  ...new Set(of.flatMap((step) => /USING (?:COVERING )?INDEX (\w+)/.exec(step)?.[1] ?? [])),
];

async function list(filter: Partial<OrderFilter>): Promise<string[]> {
  const lists = new SqlOrderLists(log.queries(book.database.queries));
  await lists.page({ ...EVERYTHING, ...filter }, { createdAt: Date.now() + 1, id: '' }, 10);
  return steps();
}

const product = { productNames: ['mug', 'id-of-mug'] };
const range = { from: 1, to: Date.now() + 60_000 };

describe('what stands behind a list of orders', () => {
  it.each<[string, Partial<OrderFilter>]>([
    ['orders_by_status', {}],
    ['orders_by_status', range],
    ['orders_by_status', { status: 'PENDING' }],
    ['orders_of_client', { clientId: 'shop' }],
    ['orders_of_client', { clientId: 'shop', status: 'PENDING', ...range }],
    ['order_items_by_product', product],
    ['order_items_by_product', { ...product, clientId: 'shop', ...range }],
    ['order_items_by_product', { ...product, clientId: 'shop', status: 'PENDING' }],
    ['order_items_by_product', { ...product, status: 'REJECTED' }],
    ['orders_by_reference', { reference: 'R' }],
    ['orders_by_reference', { reference: 'R', clientId: 'shop', ...range }],
    ['orders_by_reference', { reference: 'R', clientId: 'shop', status: 'CONFIRMED' }],
  ])('is the index %s with %j: nothing is read past it, and nothing is sorted', async (index, filter) => {
    const taken = await list(filter);
    expect(taken.filter((step) => /SCAN|TEMP B-TREE|AUTOMATIC/.test(step))).toEqual([]);
    expect(indexes(taken)).toEqual([index]);
    // The end of the page before is where SQLite begins to read, however deep in the list that is.
    const runs = taken.filter((step) => step.includes(index));
    for (const step of runs)
      expect(step).toMatch(/\(created_at,(?:order_)?id\)>\(\?,\?\) AND \(created_at,(?:order_)?id\)</);
  });

  it('finds a line of one order where a reference and a product are asked for', async () => {
    const taken = await list({ ...product, reference: 'R' });
    expect(taken.filter((step) => /SCAN|TEMP B-TREE|AUTOMATIC/.test(step))).toEqual([]);
    expect(taken).toContainEqual(
      expect.stringMatching(/order_items.*\(ordered_as=\? AND created_at=\? AND order_id=\?\)/),
    );
  });
});

describe('beside these indexes', () => {
  it('the reconciler still reads those that are due, in their order', async () => {
    const orders = new SqlOrderRepository();
    await book.database.unitOfWork.run(async (tx) => {
      await orders.overdue(log.transaction(tx), 0, 10);
      await orders.unreleased(log.transaction(tx), 0, 10);
    });
    expect(await steps()).toEqual([
      'SEARCH orders USING INDEX orders_pending (status=? AND ask_again_at<?)',
      'SEARCH orders USING INDEX orders_unreleased (status=? AND stock_released_at=? AND ask_again_at<?)',
    ]);
  });

  it('the metrics of what is overdue read no decided order', async () => {
    const registry = new Registry();
    observeOverdueOrders(registry, log.queries(book.database.queries));
    await registry.metrics();
    expect(indexes(await steps())).toEqual(['orders_by_status', 'orders_unreleased']);
  });
});

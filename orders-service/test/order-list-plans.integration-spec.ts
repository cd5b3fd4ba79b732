import { type Dialect } from '@holdfast/platform';
import { dialects } from '@holdfast/testing';
import { Registry } from 'prom-client';
import { type OrderFilter } from '../src/app/order-lists.ports.js';
import { idempotencyRetention } from '../src/outbound/idempotency-retention.js';
import { observeOverdueOrders } from '../src/outbound/overdue-orders.metric.js';
import { SqlOrderLists } from '../src/outbound/sql-order.lists.js';
import { SqlOrderRepository } from '../src/outbound/sql-order.repository.js';
import { EVERYTHING, OrderBook } from './order-book.harness.js';
import { StatementLog } from './statement-log.js';

// 1 % are PENDING, 5 % REJECTED, 10 % CANCELLED, of which some are unreleased: what PostgreSQL knows of them when it plans.
const FILL_ORDERS = `
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
  INSERT INTO orders (id, client_id, idempotency_key, status, reference, total_amount, currency, rejection_reason,
    created_at, updated_at, version, ask_again_at, asks, stock_released_at)
  SELECT 'o-' || i, CASE WHEN i % 10 = 0 THEN 'shop' ELSE 'client-' || (i % 100) END, 'o-' || i,
    CASE WHEN i % 100 = 0 THEN 'PENDING' WHEN i % 20 = 1 THEN 'REJECTED' WHEN i % 10 = 2 THEN 'CANCELLED' ELSE 'CONFIRMED' END,
    CASE WHEN i % 200 = 0 THEN 'R' WHEN i % 3 = 0 THEN 'R-' || i END, 1, 'EUR', 'OUT_OF_STOCK',
    i, i, 1, i, 0, CASE WHEN i % 100 <> 2 THEN i END
  FROM n`;

const FILL_ITEMS = `
  INSERT INTO order_items (order_id, line, product_id, quantity, ordered_as, client_id, created_at)
  SELECT id, 0, 'mug', 1, CASE WHEN created_at % 10 = 0 THEN 'mug' ELSE 'product-' || (created_at % 500) END, client_id, created_at
  FROM orders`;

const FILL_KEYS = `
  INSERT INTO idempotency_keys (client_id, key, fingerprint, order_id, answer, created_at)
  SELECT client_id, id, '', id, '{}', created_at FROM orders`;

/** How each of them says that it reads more than it needs, or sorts. */
const TOO_MUCH: Record<Dialect, RegExp> = {
  sqlite: /SCAN (?!found)|TEMP B-TREE|AUTOMATIC/,
  postgres: /Seq Scan|Bitmap|Hash|Materialize|(^|-> +)(Incremental )?Sort$/,
};

const INDEX: Record<Dialect, RegExp> = {
  sqlite: /USING (?:COVERING )?INDEX (?!sqlite_autoindex)(\w+)/,
  postgres: /using (?!\w+_pkey)(\w+)/,
};

/** The end of the page before is where reading begins, however deep in the list that is. */
const RANGE: Record<Dialect, RegExp> = {
  sqlite: /\(created_at,(?:order_)?id\)>\(\?,\?\) AND \(created_at,(?:order_)?id\)</,
  postgres: /ROW\(created_at, (?:order_)?id\) < ROW.*ROW\(created_at, (?:order_)?id\) >= ROW/,
};

/** What PostgreSQL merges is a page of each run at most; it may sort that to find repeats. */
function belowMerge(plan: readonly string[]): readonly string[] {
  return plan.slice(plan.findIndex((step) => /Append$/.test(step)) + 1);
}

describe.each(dialects)('on %s', (dialect) => {
  let book: OrderBook;
  let log: StatementLog;

  beforeAll(async () => {
    book = await OrderBook.open(dialect);
    await book.database.unitOfWork.run(async (tx) => {
      for (const sql of [FILL_ORDERS, FILL_ITEMS, FILL_KEYS]) await tx.run(sql);
      if (dialect === 'postgres') await tx.run('ANALYZE');
    });
  });
  beforeEach(() => {
    log = new StatementLog();
  });
  afterAll(() => book.close());

  /** What the database does for the statements that have passed, step by step. */
  async function steps(): Promise<string[]> {
    expect(log.statements.length).toBeGreaterThan(0);
    const plans = await Promise.all(log.statements.map(({ sql, params }) => book.stepsOf(sql, params)));
    return plans.flatMap(belowMerge);
  }

  const indexes = (of: readonly string[]): string[] => [
    ...new Set(of.flatMap((step) => INDEX[dialect].exec(step)?.[1] ?? [])),
  ];
  const tooMuch = (of: readonly string[]): string[] => of.filter((step) => TOO_MUCH[dialect].test(step));

  async function list(filter: Partial<OrderFilter>): Promise<string[]> {
    const lists = new SqlOrderLists({ dialect, queries: log.queries(book.database.queries) });
    const { orders } = await lists.page({ ...EVERYTHING, ...filter }, { createdAt: 1_500, id: '' }, 10);
    expect(orders.length).toBeGreaterThan(0);
    return steps();
  }

  const product = { productNames: ['mug', 'id-of-mug'] };
  const range = { from: 1, to: 1_900 };

  describe('what stands behind a list of orders', () => {
    // PostgreSQL reads all orders of a page at once, and sorts their lines.
    beforeEach(() => {
      if (dialect === 'postgres') log.leaveOut(/JOIN order_items/);
    });

    it.each<[string, Partial<OrderFilter>]>([
      ['orders_by_status', {}],
      ['orders_by_status', range],
      ['orders_by_status', { status: 'PENDING' }],
      ['orders_of_client', { clientId: 'shop' }],
      ['orders_of_client', { clientId: 'shop', status: 'PENDING', ...range }],
      ['order_items_by_product', product],
      ['order_items_by_product', { ...product, clientId: 'shop', ...range }],
      ['order_items_by_product', { ...product, clientId: 'shop', status: 'PENDING' }],
      ['order_items_by_product', { ...product, status: 'CONFIRMED' }],
      ['orders_by_reference', { reference: 'R' }],
      ['orders_by_reference', { reference: 'R', clientId: 'shop', ...range }],
      ['orders_by_reference', { reference: 'R', clientId: 'shop', status: 'PENDING' }],
    ])('is the index %s with %j: nothing is read past it, and nothing is sorted', async (index, filter) => {
      const taken = await list(filter);
      expect(tooMuch(taken)).toEqual([]);
      // Where it has counted few of them, PostgreSQL may begin with what is else a sieve.
      expect(indexes(taken)).toEqual(dialect === 'sqlite' ? [index] : expect.arrayContaining([index]));
      const runs = taken.filter((step) => /created_at/.test(step) && !/^(Merge |Sort )/.test(step));
      expect(runs.length).toBeGreaterThan(0);
      for (const run of runs) expect(run).toMatch(RANGE[dialect]);
    });

    it('finds a line of one order where a reference and a product are asked for', async () => {
      const taken = await list({ ...product, reference: 'R' });
      expect(tooMuch(taken)).toEqual([]);
      const lineOfOrder = {
        sqlite: /order_items.*\(ordered_as=\? AND created_at=\? AND order_id=\?\)/,
        postgres: /Index Cond: .*order_id = orders\.id/,
      };
      expect(taken).toContainEqual(expect.stringMatching(lineOfOrder[dialect]));
    });
  });

  describe('beside these indexes', () => {
    it('the reconciler still reads those that are due, in their order', async () => {
      const orders = new SqlOrderRepository();
      await book.database.unitOfWork.run(async (tx) => {
        await orders.overdue(log.transaction(tx), 500, 10);
        await orders.unreleased(log.transaction(tx), 500, 10);
      });
      const taken = await steps();
      expect(tooMuch(taken)).toEqual([]);
      expect(indexes(taken)).toEqual(['orders_pending', 'orders_unreleased']);
      const due = { sqlite: /ask_again_at</, postgres: /Index Cond: \(ask_again_at <=/ };
      expect(taken.filter((step) => due[dialect].test(step))).toHaveLength(2);
    });

    it('what is asked for last is read from the end of those indexes', async () => {
      const orders = new SqlOrderRepository();
      const times = { now: Date.now(), after: 500 };
      await book.database.unitOfWork.run(async (tx) => {
        await orders.askedLast(log.transaction(tx), 'pending', times, 10);
        await orders.askedLast(log.transaction(tx), 'unreleased', times, 10);
      });
      const taken = await steps();
      expect(tooMuch(taken)).toEqual([]);
      expect(indexes(taken)).toEqual(['orders_pending', 'orders_unreleased']);
      const late = { sqlite: /ask_again_at>/, postgres: /Index Cond: \(ask_again_at >/ };
      expect(taken.filter((step) => late[dialect].test(step))).toHaveLength(2);
    });

    it('the metrics of what is overdue read no decided order', async () => {
      const registry = new Registry();
      observeOverdueOrders(registry, log.queries(book.database.queries));
      await registry.metrics();
      const taken = indexes(await steps());
      expect(taken.filter((index) => !/orders_by_status|orders_pending|orders_unreleased/.test(index))).toEqual([]);
      expect(taken).toContain('orders_unreleased');
    });

    it('old idempotency keys are found by their age', async () => {
      const undone = book.database.unitOfWork.run(async (tx) => {
        await idempotencyRetention(24).prune(log.transaction(tx), 100, 10);
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      const [statement] = log.statements;
      const [query] = /SELECT client_id, key FROM idempotency_keys[^)]*LIMIT \?/.exec(statement?.sql ?? '') ?? [];
      const taken = await book.stepsOf(String(query), statement?.params ?? []);
      expect(tooMuch(taken)).toEqual([]);
      expect(indexes(taken)).toEqual(['idempotency_keys_by_age']);
    });
  });
});

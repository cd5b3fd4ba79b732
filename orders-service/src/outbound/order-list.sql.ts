import { orderStatusSchema } from '@holdfast/contracts';
import { type SqlValue } from '@holdfast/platform';
import { type ListPosition, type OrderFilter } from '../app/order-lists.ports.js';

/** A statement, or a part of one, with its parameters. */
export interface ListQuery {
  sql: string;
  params: SqlValue[];
}

/** A stretch of the list, from the newest to the oldest: behind `before`, down to `downTo`, which belongs to it. */
export interface ListRange {
  before: ListPosition;
  downTo: ListPosition;
}

/** How the orders of a filter are found. */
export interface ListPlan {
  range: ListRange;
  /** Conditions that the index does not have in its order: rows are read that are not on the page. */
  sieves: boolean;
  /** The first `limit` positions of a range, newest first. */
  positions(range: ListRange, limit: number): ListQuery;
  /** The position up to which a number of rows is read; no row where there are fewer. */
  horizon(range: ListRange, rows: number): ListQuery;
}

/** Rows of one index in the order of the list, and what is asked of each of them. */
interface Run {
  table: 'orders' | 'order_items';
  equal: Condition[];
  sieve: Condition[];
}

type Condition = ListQuery;

// Before the first id of its millisecond: no id is empty.
const at = (createdAt: number): ListPosition => ({ createdAt, id: '' });
const THE_NEWEST = at(Number.MAX_SAFE_INTEGER);
const THE_OLDEST = at(0);

const equals = (column: string, value: SqlValue): Condition => ({ sql: `${column} = ?`, params: [value] });

/**
 * Reads the list from the index of the filter that leaves the fewest orders: the reference, else the product, else client
 * and state. The other filters sieve what it gives.
 */
export function planOf(filter: OrderFilter, after: ListPosition | undefined): ListPlan {
  const { productNames } = filter;
  const runs = runsOf(filter);
  return {
    range: rangeOf(filter, after),
    sieves: runs.some(({ sieve }) => sieve.length > 0),
    positions: (range, limit) => {
      const sieved = runs.map(({ table, equal, sieve }) => ({ table, conditions: [...equal, ...sieve] }));
      // An order with two lines of a product is in its runs twice.
      return merged(sieved, range, { distinct: productNames !== null, end: 'LIMIT ?', count: limit });
    },
    horizon: (range, rows) => {
      const unsieved = runs.map(({ table, equal }) => ({ table, conditions: equal }));
      return merged(unsieved, range, { distinct: false, end: 'LIMIT 1 OFFSET ?', count: rows - 1 });
    },
  };
}

function runsOf({ clientId, status, productNames, reference }: OrderFilter): Run[] {
  const ofClient = clientId === null ? [] : [equals('client_id', clientId)];
  if (reference !== null) {
    const sieve = [...ofClient, ...(status ? [equals('status', status)] : []), ...withProduct(productNames)];
    return [{ table: 'orders', equal: [equals('reference', reference)], sieve }];
  }
  if (productNames !== null) {
    const sieve = [...ofClient, ...(status ? [equals(STATUS_OF_ITEM, status)] : [])];
    return productNames.map((name) => ({ table: 'order_items', equal: [equals('ordered_as', name)], sieve }));
  }
  const states = status === null ? orderStatusSchema.options : [status];
  return states.map((state) => ({ table: 'orders', equal: [...ofClient, equals('status', state)], sieve: [] }));
}

const STATUS_OF_ITEM = '(SELECT status FROM orders WHERE orders.id = order_items.order_id)';

// With all columns of the product's index: the others would have it read every order of the product.
const LINE_OF_ORDER =
  'EXISTS (SELECT 1 FROM order_items WHERE order_id = orders.id AND order_items.created_at = orders.created_at';

const withProduct = (names: readonly string[] | null): Condition[] =>
  names === null
    ? []
    : [
        {
          sql: `${LINE_OF_ORDER} AND ordered_as IN (${names.map(() => '?').join(', ')}))`,
          params: [...names],
        },
      ];

function rangeOf({ from, to }: OrderFilter, after: ListPosition | undefined): ListRange {
  const end = to === null ? THE_NEWEST : at(to + 1);
  return {
    before: after !== undefined && after.createdAt < end.createdAt ? after : end,
    downTo: from === null ? THE_OLDEST : at(from),
  };
}

const COLUMNS = {
  orders: { id: 'id', columns: 'created_at AS "createdAt", id' },
  order_items: { id: 'order_id', columns: 'created_at AS "createdAt", order_id AS id' },
};

/** Runs have the order of the list already, and are merged, never sorted. */
function merged(
  runs: readonly { table: Run['table']; conditions: readonly Condition[] }[],
  range: ListRange,
  { distinct, end, count }: { distinct: boolean; end: string; count: number },
): ListQuery {
  const arms = runs.map(({ table, conditions }) => {
    const { id, columns } = COLUMNS[table];
    const where = all([...conditions, ...inRange(id, range)]);
    return { ...where, sql: `SELECT ${distinct ? 'DISTINCT ' : ''}${columns} FROM ${table} WHERE ${where.sql}` };
  });
  return {
    sql: `${arms.map(({ sql }) => sql).join(distinct ? ' UNION ' : ' UNION ALL ')} ORDER BY 1 DESC, 2 DESC ${end}`,
    params: [...arms.flatMap(({ params }) => params), count],
  };
}

const inRange = (id: string, { before, downTo }: ListRange): Condition[] => [
  { sql: `(created_at, ${id}) < (?, ?)`, params: [before.createdAt, before.id] },
  { sql: `(created_at, ${id}) >= (?, ?)`, params: [downTo.createdAt, downTo.id] },
];

const all = (conditions: readonly Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(' AND '),
  params: conditions.flatMap(({ params }) => params),
});

import { orderStatusSchema } from '@holdfast/contracts';
import { type Dialect, type SqlValue } from '@holdfast/platform';
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
export function planOf(filter: OrderFilter, after: ListPosition | undefined, dialect: Dialect): ListPlan {
  const { productNames } = filter;
  const runs = runsOf(filter);
  return {
    range: rangeOf(filter, after),
    sieves: runs.some(({ sieve }) => sieve.length > 0),
    positions: (range, limit) => {
      // An order with two lines of a product is in its runs twice.
      const selects = runs.map(({ table, equal, sieve }) => select(table, [...equal, ...sieve], range));
      return merged(dialect, selects, { distinct: productNames !== null, skip: 0, limit });
    },
    horizon: (range, rows) => {
      const selects = runs.map(({ table, equal }) => select(table, equal, range));
      return merged(dialect, selects, { distinct: false, skip: rows - 1, limit: 1 });
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

// With all columns of the product's index: the others would have SQLite read every order of the product. Counted, so that
// PostgreSQL looks at each order that the reference gives; of EXISTS it may make a join that begins with the product.
const LINES_OF_ORDER =
  '(SELECT count(*) FROM order_items WHERE order_id = orders.id AND order_items.created_at = orders.created_at';

const withProduct = (names: readonly string[] | null): Condition[] =>
  names === null
    ? []
    : [
        {
          sql: `${LINES_OF_ORDER} AND ordered_as IN (${names.map(() => '?').join(', ')})) > 0`,
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

/** Positions of a run, without the word SELECT. */
function select(table: Run['table'], conditions: readonly Condition[], range: ListRange): ListQuery {
  const { id, columns } = COLUMNS[table];
  const { sql, params } = all([...conditions, ...inRange(id, range)]);
  return { sql: `${columns} FROM ${table} WHERE ${sql}`, params };
}

const NEWEST_FIRST = 'ORDER BY 1 DESC, 2 DESC';

/** Runs have the order of the list already, and are merged, never sorted. */
function merged(
  dialect: Dialect,
  runs: readonly ListQuery[],
  { distinct, skip, limit }: { distinct: boolean; skip: number; limit: number },
): ListQuery {
  const [word, union] = distinct ? ['SELECT DISTINCT', ' UNION '] : ['SELECT', ' UNION ALL '];
  const selects = runs.map(({ sql, params }) => ({ sql: `${word} ${sql}`, params }));
  const bounded = dialect === 'postgres' && runs.length > 1;
  const arms = bounded ? selects.map((arm) => boundedArm(arm, skip + limit)) : selects;
  return {
    sql: `${arms.map(({ sql }) => sql).join(union)} ${NEWEST_FIRST} LIMIT ? OFFSET ?`,
    params: [...arms.flatMap(({ params }) => params), limit, skip],
  };
}

/** PostgreSQL finds that a run has an order where it is asked for one; else it reads all runs whole, and sorts them. */
const boundedArm = ({ sql, params }: ListQuery, rows: number): ListQuery => ({
  sql: `(${sql} ${NEWEST_FIRST} LIMIT ?)`,
  params: [...params, rows],
});

const inRange = (id: string, { before, downTo }: ListRange): Condition[] => [
  { sql: `(created_at, ${id}) < (?, ?)`, params: [before.createdAt, before.id] },
  { sql: `(created_at, ${id}) >= (?, ?)`, params: [downTo.createdAt, downTo.id] },
];

const all = (conditions: readonly Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(' AND '),
  params: conditions.flatMap(({ params }) => params),
});

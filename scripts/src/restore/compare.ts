import { type Queries } from '@holdfast/platform';

/** Statuses by order id. */
export type Statuses = ReadonlyMap<string, string>;

/** A status that the one side has, and the other not. */
export interface Disagreement {
  orderId: string;
  /** Of its reservation; undefined where products-service does not know the order. */
  stock: string | undefined;
  /** Of the order; undefined where orders-service does not know it. */
  order: string | undefined;
}

export const ordersIn = (orders: Queries): Promise<Statuses> => statuses(orders, 'SELECT id, status FROM orders');

export const reservationsIn = (products: Queries): Promise<Statuses> =>
  statuses(products, 'SELECT order_id AS id, status FROM reservations');

/** Orders that hold stock and are not confirmed, or are confirmed and hold none. */
export function disagreements(orders: Statuses, reservations: Statuses): Disagreement[] {
  return [...new Set([...orders.keys(), ...reservations.keys()])]
    .map((orderId) => ({ orderId, stock: reservations.get(orderId), order: orders.get(orderId) }))
    .filter(({ stock, order }) => (stock === 'RESERVED') !== (order === 'CONFIRMED'));
}

/** One line for each, and what it comes to. */
export function comparisonText(orders: Statuses, found: readonly Disagreement[]): string {
  const lines = found.map(
    ({ orderId, stock, order }) => `${orderId}  stock ${stock ?? 'unknown'}, order ${order ?? 'unknown'}`,
  );
  return [...lines, `${orders.size} orders, ${found.length} do not agree with their stock`].join('\n');
}

async function statuses(queries: Queries, sql: string): Promise<Statuses> {
  const rows = await queries.all<{ id: string; status: string }>(sql);
  return new Map(rows.map(({ id, status }) => [id, status]));
}

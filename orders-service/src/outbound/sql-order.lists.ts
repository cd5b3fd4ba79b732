import { MAX_ORDER_LINES } from '@holdfast/contracts';
import { type Database, type Dialect } from '@holdfast/platform';
import { type ListPosition, type OrderFilter, type OrderLists } from '../app/order-lists.ports.js';
import { type Order } from '../domain/order.js';
import { ORDERS_WITH_LINES, type OrderWithLine, ordersIn } from './order.rows.js';
import { type ListPlan, type ListQuery, planOf } from './order-list.sql.js';

// SQLite reads on the event loop: 0.2 ms for that many rows of an index, 1 ms for as many look-ups of an order.
const MAX_SIEVED = 1_000;

// An order has up to 100 lines, and a page up to 100 orders: 10,000 rows would hold everybody else up for 20 ms.
const MAX_LINES = 500;

// SQLite answers in the process, so that one order after the other is read and none that is not shown; each question to
// PostgreSQL is a round trip.
const ORDERS_AT_ONCE: Record<Dialect, number> = { sqlite: 1, postgres: 100 };

// The last order of a page begins before the page has all its lines, and ends before this.
const LINES_AT_ONCE = MAX_LINES + MAX_ORDER_LINES;

/** Lists of orders in plain SQL, on the connections that only read. */
export class SqlOrderLists implements OrderLists {
  constructor(private readonly database: Pick<Database, 'dialect' | 'queries'>) {}

  async page(
    filter: OrderFilter,
    after: ListPosition | undefined,
    limit: number,
  ): Promise<{ orders: Order[]; next: ListPosition | undefined }> {
    const plan = planOf(filter, after, this.database.dialect);
    const horizon = plan.sieves ? await this.horizonOf(plan) : undefined;
    const range = { ...plan.range, downTo: horizon ?? plan.range.downTo };
    // One more than asked for tells whether there is a next page.
    const found = await this.positions(plan.positions(range, limit + 1));
    const next = found.length > limit ? found[limit - 1] : horizon;
    return this.read(found.slice(0, limit), filter, next);
  }

  private async horizonOf(plan: ListPlan): Promise<ListPosition | undefined> {
    const [horizon] = await this.positions(plan.horizon(plan.range, MAX_SIEVED));
    return horizon;
  }

  /** Reads orders until the page has lines enough; the rest is for the next one. */
  private async read(positions: readonly ListPosition[], filter: OrderFilter, next: ListPosition | undefined) {
    const orders: Order[] = [];
    let [read, lines] = [0, 0];
    while (read < positions.length && lines < MAX_LINES) {
      for (const order of await this.ordersAt(positions.slice(read, read + ORDERS_AT_ONCE[this.database.dialect]))) {
        if (lines >= MAX_LINES) break;
        read += 1;
        lines += order.lines.length;
        // It may have been decided since it was found.
        if (filter.status === null || filter.status === order.status) orders.push(order);
      }
    }
    return { orders, next: read < positions.length ? positions[read - 1] : next };
  }

  /** Orders in the order of their positions; after many lines they end, maybe in the middle of one. */
  private async ordersAt(positions: readonly ListPosition[]): Promise<Order[]> {
    const ids = positions.map(({ id }) => id);
    const orders = ordersIn(
      await this.database.queries.all<OrderWithLine>(
        `${ORDERS_WITH_LINES} WHERE o.id IN (${ids.map(() => '?').join(', ')})
         ORDER BY o.created_at DESC, o.id DESC, i.line LIMIT ?`,
        [...ids, LINES_AT_ONCE],
      ),
    );
    const found = orders.length > 0 && orders.every(({ id }, index) => id === ids[index]);
    if (!found) throw new Error(`of the orders ${ids.join(', ')}, which are listed, one is not there`);
    return orders;
  }

  private positions({ sql, params }: ListQuery): Promise<ListPosition[]> {
    return this.database.queries.all<ListPosition>(sql, params);
  }
}

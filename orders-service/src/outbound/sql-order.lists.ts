import { type Queries } from '@holdfast/platform';
import { type ListPosition, type OrderFilter, type OrderLists } from '../app/order-lists.ports.js';
import { type Order } from '../domain/order.js';
import { type OrderItemRow, type OrderRow, orderOf } from './order.rows.js';
import { type ListPlan, type ListQuery, planOf } from './order-list.sql.js';

// SQLite reads on the event loop: 0.2 ms for that many rows of an index, 1 ms for as many look-ups of an order.
const MAX_SIEVED = 1_000;

// An order has up to 100 lines, and a page up to 100 orders: 10,000 rows would hold everybody else up for 20 ms.
const MAX_LINES = 500;

// One statement, so that an order and its lines are of one moment.
const ORDER_WITH_LINES = `
  SELECT o.id, o.client_id AS "clientId", o.idempotency_key AS "idempotencyKey", o.status, o.reference,
    o.total_amount AS "totalAmount", o.currency, o.rejection_reason AS "rejectionReason",
    o.rejection_detail AS "rejectionDetail", o.cancelled_by AS "cancelledBy", o.created_at AS "createdAt",
    o.updated_at AS "updatedAt", o.version, i.product_id AS "productId", i.quantity, i.sku, i.name,
    i.unit_amount AS "unitAmount", i.currency AS "lineCurrency"
  FROM orders o JOIN order_items i ON i.order_id = o.id WHERE o.id = ? ORDER BY i.line`;

type OrderWithLine = OrderRow & Omit<OrderItemRow, 'currency'> & { lineCurrency: string | null };

/** Lists of orders in plain SQL, on the connections that only read. */
export class SqlOrderLists implements OrderLists {
  constructor(private readonly queries: Queries) {}

  async page(
    filter: OrderFilter,
    after: ListPosition | undefined,
    limit: number,
  ): Promise<{ orders: Order[]; next: ListPosition | undefined }> {
    const plan = planOf(filter, after);
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
    let lines = 0;
    for (const [index, position] of positions.entries()) {
      if (lines >= MAX_LINES) return { orders, next: positions[index - 1] };
      const order = await this.order(position.id);
      lines += order.lines.length;
      // It may have been decided since it was found.
      if (filter.status === null || filter.status === order.status) orders.push(order);
    }
    return { orders, next };
  }

  private async order(id: string): Promise<Order> {
    const rows = await this.queries.all<OrderWithLine>(ORDER_WITH_LINES, [id]);
    const [row] = rows;
    if (!row) throw new Error(`order ${id} is listed and is not there`);
    return orderOf(
      row,
      rows.map((line) => ({ ...line, currency: line.lineCurrency })),
    );
  }

  private positions({ sql, params }: ListQuery): Promise<ListPosition[]> {
    return this.queries.all<ListPosition>(sql, params);
  }
}

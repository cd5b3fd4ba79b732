import { newId } from '@holdfast/contracts';
import { type Database, type Dialect, type SqlValue, type Transaction } from '@holdfast/platform';
import { TestDatabase } from '@holdfast/testing';
import { type ListPosition, type OrderFilter } from '../src/app/order-lists.ports.js';
import { ordersSchema } from '../src/app.module.js';
import { type Order } from '../src/domain/order.js';
import { SqlOrderLists } from '../src/outbound/sql-order.lists.js';
import { SqlOrderRepository } from '../src/outbound/sql-order.repository.js';

export const EVERYTHING: OrderFilter = {
  clientId: null,
  status: null,
  productNames: null,
  reference: null,
  from: null,
  to: null,
};

/** A PENDING order of `shop` for one mug, placed now, unless told otherwise. */
export function anOrder(given: Partial<Order> = {}): Order {
  const id = given.id ?? newId();
  const createdAt = given.createdAt ?? Date.now();
  return {
    id,
    clientId: 'shop',
    idempotencyKey: id,
    status: 'PENDING',
    lines: [{ productId: 'mug', quantity: 1 }],
    reference: null,
    total: null,
    rejection: null,
    cancelledBy: null,
    createdAt,
    updatedAt: createdAt,
    version: 1,
    ...given,
  };
}

/** Orders in a database of their own, stored and decided as the service does it. */
export class OrderBook {
  readonly lists: SqlOrderLists;
  private readonly orders = new SqlOrderRepository();

  private constructor(
    private readonly test: TestDatabase,
    readonly database: Database,
  ) {
    this.lists = new SqlOrderLists(database);
  }

  static async open(dialect: Dialect): Promise<OrderBook> {
    const test = await TestDatabase.create(dialect);
    return new OrderBook(test, await test.open(ordersSchema));
  }

  /** Stores orders as they are placed, and then brings them to the state that they have. */
  async store(...orders: Order[]): Promise<void> {
    await this.database.unitOfWork.run(async (tx) => {
      for (const order of orders) {
        await this.orders.insert(tx, { ...order, status: 'PENDING' }, order.createdAt);
        await this.bring(tx, order);
      }
    });
  }

  /** Brings an order that is stored as PENDING to the state that it has here. */
  decide(order: Order): Promise<void> {
    return this.database.unitOfWork.run((tx) => this.bring(tx, order));
  }

  /** Ids of the orders on all pages, in their order. */
  async walk(filter: OrderFilter, limit: number, afterEachPage?: () => Promise<void>): Promise<string[]> {
    const ids: string[] = [];
    let after: ListPosition | undefined;
    do {
      const { orders, next } = await this.lists.page(filter, after, limit);
      expect(orders.length).toBeLessThanOrEqual(limit);
      ids.push(...orders.map(({ id }) => id));
      await afterEachPage?.();
      after = next;
    } while (after);
    return ids;
  }

  /** What the database does for a statement, step by step, in its own words. */
  async stepsOf(sql: string, params: readonly SqlValue[]): Promise<string[]> {
    if (this.database.dialect === 'sqlite') {
      const steps = await this.database.queries.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params);
      return steps.map(({ detail }) => detail);
    }
    return this.database.unitOfWork.run(async (tx) => {
      // The few rows of a test it would rather read and sort all. What is switched off it still does where nothing else
      // is possible.
      for (const way of ['seqscan', 'bitmapscan', 'sort', 'incremental_sort', 'hashagg'])
        await tx.run(`SET LOCAL enable_${way} = off`);
      const lines = await tx.all<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${sql}`, params);
      return lines.map((line) => line['QUERY PLAN'].trim());
    });
  }

  close(): Promise<void> {
    return this.test.close();
  }

  /** A sold line's product becomes `id-of-<sku>`. */
  private async bring(tx: Transaction, order: Order): Promise<void> {
    const { status } = order;
    const unitPrice = { amount: 1_250, currency: 'EUR' };
    const sold = order.lines.map(({ productId, quantity }) => {
      return { productId: `id-of-${productId}`, sku: productId, name: productId, quantity, unitPrice };
    });
    if (status === 'CONFIRMED') await this.orders.confirm(tx, order.id, sold, unitPrice);
    if (status === 'REJECTED') await this.orders.reject(tx, order.id, { reason: 'OUT_OF_STOCK', detail: '' });
    if (status === 'CANCELLED') await this.orders.cancel(tx, { ...order, version: 2 }, order.createdAt);
  }
}

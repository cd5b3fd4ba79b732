import { type CancelOrder as CancelRequest, type CreateOrder, newId, type StockReserved } from '@holdfast/contracts';
import { type Database, type Dialect, type Transaction } from '@holdfast/platform';
import { aCreateOrder, TestDatabase, waitUntil } from '@holdfast/testing';
import { CancelOrder } from '../src/app/cancel-order.js';
import { DecideOrderWhenStockReserved } from '../src/app/decide-order-when-stock-reserved.js';
import { PlaceOrder } from '../src/app/place-order.js';
import { ReaskPendingOrders } from '../src/app/reask-pending-orders.js';
import { ReaskUnreleasedStock } from '../src/app/reask-unreleased-stock.js';
import { ordersSchema } from '../src/app.module.js';
import { SqlOrderRepository } from '../src/outbound/sql-order.repository.js';

const orders = new SqlOrderRepository();
const place = new PlaceOrder(orders, 72);
const cancel = new CancelOrder(orders);
const decide = new DecideOrderWhenStockReserved(orders);

export type Work<T> = (tx: Transaction) => Promise<T>;

const originOf = (messageId: string) => {
  return { messageId, correlationId: messageId, traceparent: undefined, occurredAt: Date.now() };
};

/** What a message has done, as a piece of work for either instance. */
export const placing =
  (request: Partial<CreateOrder>, messageId = newId()) =>
  (tx: Transaction) =>
    place.execute(tx, aCreateOrder(request), originOf(messageId));

export const cancelling =
  (orderId: string, given: Partial<CancelRequest> = {}, messageId = newId()) =>
  (tx: Transaction) =>
    cancel.execute(tx, { caller: { role: 'client', clientId: 'shop' }, orderId, ...given }, originOf(messageId));

export const deciding =
  (outcome: StockReserved) =>
  (tx: Transaction): Promise<void> =>
    decide.execute(tx, outcome, originOf(newId()));

/** Two instances of the service on one database, without their messages; on SQLite, which is for one process, it is one. */
export class ConcurrentOrders {
  private constructor(
    private readonly test: TestDatabase,
    readonly one: Database,
    readonly other: Database,
  ) {}

  static async open(dialect: Dialect): Promise<ConcurrentOrders> {
    const test = await TestDatabase.create(dialect);
    const one = await test.open(ordersSchema);
    return new ConcurrentOrders(test, one, dialect === 'sqlite' ? one : await test.open(ordersSchema));
  }

  /** Has both instances do so many pieces of work in all, at the same time. */
  together<T>(count: number, workOf: (index: number) => Work<T>): Promise<T[]> {
    return Promise.all(
      Array.from({ length: count }, (_, index) =>
        (index % 2 === 0 ? this.one : this.other).unitOfWork.run(workOf(index)),
      ),
    );
  }

  /** `second` comes to what `first` has changed when that is done and not committed yet. */
  async inTheMiddle<A, B>(first: Work<A>, second: Work<B>): Promise<[A, B]> {
    let later: Promise<B> | undefined;
    const done = await this.one.unitOfWork.run(async (tx) => {
      const result = await first(tx);
      later = this.other.unitOfWork.run(second);
      await this.oneWaits();
      return result;
    });
    return [done, await (later as Promise<B>)];
  }

  /** The same where `first` is rolled back then. */
  async inTheMiddleOfNothing<B>(first: Work<unknown>, second: Work<B>): Promise<B> {
    let later: Promise<B> | undefined;
    const undone = this.one.unitOfWork.run(async (tx) => {
      await first(tx);
      later = this.other.unitOfWork.run(second);
      await this.oneWaits();
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    return later as Promise<B>;
  }

  async placed(request: Partial<CreateOrder> = {}): Promise<string> {
    const reply = await this.one.unitOfWork.run(placing(request));
    if (!reply.ok) throw new Error(`refused: ${reply.error.code}`);
    return reply.value.order.id;
  }

  /** A sweep of each kind on either instance; @returns how many orders each has found. */
  sweeps({ unitOfWork }: Database): [ReaskPendingOrders, ReaskUnreleasedStock] {
    return [new ReaskPendingOrders(orders, unitOfWork), new ReaskUnreleasedStock(orders, unitOfWork)];
  }

  countOf(table: string): Promise<number> {
    return this.one.queries
      .all<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`)
      .then(([row]) => row?.rows ?? 0);
  }

  stateOf(orderId: string): Promise<{ status: string; version: number }[]> {
    return this.one.queries.all('SELECT status, version FROM orders WHERE id = ?', [orderId]);
  }

  /** What the log holds of an order; its versions have no gap. */
  async typesOf(orderId: string): Promise<string[]> {
    const events = await this.one.queries.all<{ type: string; version: number }>(
      'SELECT type, version FROM events WHERE stream_id = ? ORDER BY position',
      [`order/${orderId}`],
    );
    expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
    return events.map(({ type }) => type);
  }

  close(): Promise<void> {
    return this.test.close();
  }

  private oneWaits(): Promise<unknown> {
    return waitUntil('one transaction waits for the other', async () => {
      // Those of other tests' databases are listed too.
      const waiting = await this.one.queries.all(
        `SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()`,
      );
      return waiting.length > 0;
    });
  }
}

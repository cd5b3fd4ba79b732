import { type Money, type OrderStatus, type OrderView, type RejectionReason, type SoldLine } from '@holdfast/contracts';
import { forUpdate, type Transaction } from '@holdfast/platform';
import {
  type DecidedOrder,
  type OrderRepository,
  type OverdueOrder,
  type RejectedOrder,
  type StoredAnswer,
  type Waiting,
} from '../app/ports.js';
import { type Order } from '../domain/order.js';
import { statesBefore } from '../domain/order-status.js';
import { ORDERS_WITH_LINES, type OrderWithLine, ordersIn } from './order.rows.js';
import { insertItems, itemsOf, sellItems } from './order-items.sql.js';

const statesInSql = (to: OrderStatus): string =>
  statesBefore(to)
    .map((state) => `'${state}'`)
    .join(', ');

const INSERT_ORDER = `
  INSERT INTO orders (id, client_id, idempotency_key, status, reference, created_at, updated_at, version, ask_again_at, asks)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (id) DO NOTHING`;

const STORE_ANSWER = `
  INSERT INTO idempotency_keys (client_id, key, fingerprint, order_id, answer, created_at)
  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (client_id, key) DO NOTHING`;

const DECIDED = 'client_id AS "clientId", idempotency_key AS "idempotencyKey", reference';

// The state is checked by the UPDATE itself: whatever else decides this order at the same time, one of them changes a row.
const CONFIRM = `
  UPDATE orders SET status = 'CONFIRMED', total_amount = ?, currency = ?, updated_at = ?, version = version + 1
  WHERE id = ? AND status IN (${statesInSql('CONFIRMED')}) RETURNING ${DECIDED}`;

const REJECT = `
  UPDATE orders SET status = 'REJECTED', rejection_reason = ?, rejection_detail = ?, updated_at = ?, version = version + 1
  WHERE id = ? AND status IN (${statesInSql('REJECTED')}) RETURNING ${DECIDED}`;

// The version too: what is told of the order is what was read before.
const CANCEL = `
  UPDATE orders SET status = 'CANCELLED', cancelled_by = ?, updated_at = ?, version = ?, ask_again_at = ?, asks = 0
  WHERE id = ? AND version = ? AND status IN (${statesInSql('CANCELLED')})`;

const NOTE_RELEASED = `
  UPDATE orders SET stock_released_at = ? WHERE id = ? AND status = 'CANCELLED' AND stock_released_at IS NULL`;

const OVERDUE =
  "SELECT id, asks FROM orders WHERE status = 'PENDING' AND ask_again_at <= ? ORDER BY ask_again_at LIMIT ?";

const UNRELEASED = `
  SELECT id, asks FROM orders WHERE status = 'CANCELLED' AND stock_released_at IS NULL AND ask_again_at <= ?
  ORDER BY ask_again_at LIMIT ?`;

const WAITING = { pending: "status = 'PENDING'", unreleased: "status = 'CANCELLED' AND stock_released_at IS NULL" };

const askedLastIn = (waiting: Waiting): string =>
  `SELECT id, asks, ask_again_at AS "askAgainAt" FROM orders WHERE ${WAITING[waiting]} AND ask_again_at > ?`;

// Not now(): that is when the transaction began.
const SERVER_AGREES = 'abs(extract(epoch FROM clock_timestamp()) * 1000 - CAST(? AS BIGINT)) < 60000';

const LOCK = 'SELECT id FROM orders WHERE id = ? FOR UPDATE';

const ORDER_BY_ID = `${ORDERS_WITH_LINES} WHERE o.id = ? ORDER BY i.line`;

/** Plain SQL in the caller's transaction: these statements are most of what an order costs. */
export class SqlOrderRepository implements OrderRepository {
  async insert(tx: Transaction, order: Order, askAgainAt: number): Promise<boolean> {
    const { id, clientId, idempotencyKey, status, reference, createdAt, updatedAt, version } = order;
    const row = [id, clientId, idempotencyKey, status, reference, createdAt, updatedAt, version, askAgainAt];
    if ((await tx.run(INSERT_ORDER, row)) === 0) return false;
    await insertItems(tx, order);
    return true;
  }

  async find(tx: Transaction, orderId: string): Promise<Order | undefined> {
    const [order] = ordersIn(await tx.all<OrderWithLine>(ORDER_BY_ID, [orderId]));
    return order;
  }

  async lock(tx: Transaction, orderId: string): Promise<Order | undefined> {
    // A statement of its own: one that locks and reads would show the order as it was changed by the one it has waited
    // for, beside lines as they were before.
    if (tx.dialect === 'postgres') await tx.run(LOCK, [orderId]);
    return this.find(tx, orderId);
  }

  async findAnswer(tx: Transaction, clientId: string, key: string): Promise<StoredAnswer | undefined> {
    const row = await tx.get<{ fingerprint: string; orderId: string; answer: string }>(
      'SELECT fingerprint, order_id AS "orderId", answer FROM idempotency_keys WHERE client_id = ? AND key = ?',
      [clientId, key],
    );
    return row && { ...row, answer: JSON.parse(row.answer) as OrderView };
  }

  async storeAnswer(tx: Transaction, clientId: string, key: string, stored: StoredAnswer): Promise<boolean> {
    const { fingerprint, orderId, answer } = stored;
    const row = [clientId, key, fingerprint, orderId, JSON.stringify(answer), Date.now()];
    return (await tx.run(STORE_ANSWER, row)) === 1;
  }

  async confirm(
    tx: Transaction,
    orderId: string,
    lines: readonly SoldLine[],
    total: Money,
  ): Promise<DecidedOrder | undefined> {
    const decided = await tx.get<DecidedOrder>(CONFIRM, [total.amount, total.currency, Date.now(), orderId]);
    if (decided) await sellItems(tx, orderId, lines);
    return decided;
  }

  async reject(
    tx: Transaction,
    orderId: string,
    { reason, detail }: { reason: RejectionReason; detail: string },
  ): Promise<RejectedOrder | undefined> {
    const decided = await tx.get<DecidedOrder>(REJECT, [reason, detail, Date.now(), orderId]);
    return decided && { ...decided, lines: await itemsOf(tx, orderId) };
  }

  async cancel(tx: Transaction, order: Order, askAgainAt: number): Promise<void> {
    const { id, cancelledBy, updatedAt, version } = order;
    const changed = await tx.run(CANCEL, [cancelledBy, updatedAt, version, askAgainAt, id, version - 1]);
    if (changed !== 1) throw new Error(`order ${id} is not as it was when it was locked`);
  }

  async noteReleased(tx: Transaction, orderId: string, at: number): Promise<boolean> {
    return (await tx.run(NOTE_RELEASED, [at, orderId])) === 1;
  }

  unreleased(tx: Transaction, now: number, limit: number): Promise<OverdueOrder[]> {
    return tx.all<OverdueOrder>(UNRELEASED + forUpdate(tx, 'skip'), [now, limit]);
  }

  overdue(tx: Transaction, now: number, limit: number): Promise<OverdueOrder[]> {
    return tx.all<OverdueOrder>(OVERDUE + forUpdate(tx, 'skip'), [now, limit]);
  }

  async postpone(tx: Transaction, orderId: string, askAgainAt: number): Promise<void> {
    await tx.run('UPDATE orders SET ask_again_at = ?, asks = asks + 1 WHERE id = ?', [askAgainAt, orderId]);
  }

  askedLast(
    tx: Transaction,
    waiting: Waiting,
    { now, after }: { now: number; after: number },
    limit: number,
  ): Promise<(OverdueOrder & { askAgainAt: number })[]> {
    const [agrees, said] = tx.dialect === 'postgres' ? [` AND ${SERVER_AGREES}`, [now]] : ['', []];
    const sql = `${askedLastIn(waiting)}${agrees} ORDER BY ask_again_at DESC LIMIT ?${forUpdate(tx, 'skip')}`;
    return tx.all(sql, [after, ...said, limit]);
  }

  async moveAsk(tx: Transaction, orderId: string, askAgainAt: number): Promise<void> {
    await tx.run('UPDATE orders SET ask_again_at = ? WHERE id = ?', [askAgainAt, orderId]);
  }
}

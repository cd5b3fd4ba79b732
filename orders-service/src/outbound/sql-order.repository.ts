import { type Money, type OrderStatus, type OrderView, type RejectionReason, type SoldLine } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type DecidedOrder, type OrderRepository, type OverdueOrder, type StoredAnswer } from '../app/ports.js';
import { type Order } from '../domain/order.js';
import { statesBefore } from '../domain/order-status.js';
import { productNameOf } from '../domain/product-name.js';
import { type OrderItemRow, type OrderRow, orderOf } from './order.rows.js';

const statesInSql = (to: OrderStatus): string =>
  statesBefore(to)
    .map((state) => `'${state}'`)
    .join(', ');

const INSERT_ORDER = `
  INSERT INTO orders (id, client_id, idempotency_key, status, reference, created_at, updated_at, version, ask_again_at, asks)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (id) DO NOTHING`;

const INSERT_ITEM = `
  INSERT INTO order_items (order_id, line, product_id, quantity, ordered_as, client_id, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

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

const UNRELEASED = `
  SELECT id, asks FROM orders WHERE status = 'CANCELLED' AND stock_released_at IS NULL AND ask_again_at <= ?
  ORDER BY ask_again_at LIMIT ?`;

const SELL_LINE = `
  UPDATE order_items SET product_id = ?, sku = ?, name = ?, unit_amount = ?, currency = ? WHERE order_id = ? AND line = ?`;

const ORDER_BY_ID = `
  SELECT id, client_id AS "clientId", idempotency_key AS "idempotencyKey", status, reference, total_amount AS "totalAmount",
    currency, rejection_reason AS "rejectionReason", rejection_detail AS "rejectionDetail",
    cancelled_by AS "cancelledBy", created_at AS "createdAt", updated_at AS "updatedAt", version
  FROM orders WHERE id = ?`;

const ITEMS_OF = `
  SELECT product_id AS "productId", quantity, sku, name, unit_amount AS "unitAmount", currency
  FROM order_items WHERE order_id = ? ORDER BY line`;

/** Plain SQL in the caller's transaction: these statements are most of what an order costs. */
export class SqlOrderRepository implements OrderRepository {
  async insert(tx: Transaction, order: Order, askAgainAt: number): Promise<boolean> {
    const { id, clientId, idempotencyKey, status, reference, createdAt, updatedAt, version } = order;
    const row = [id, clientId, idempotencyKey, status, reference, createdAt, updatedAt, version, askAgainAt];
    if ((await tx.run(INSERT_ORDER, row)) === 0) return false;
    for (const [line, { productId, quantity }] of order.lines.entries()) {
      await tx.run(INSERT_ITEM, [id, line, productId, quantity, productNameOf(productId), clientId, createdAt]);
    }
    return true;
  }

  async find(tx: Transaction, orderId: string): Promise<Order | undefined> {
    const row = await tx.get<OrderRow>(ORDER_BY_ID, [orderId]);
    return row && orderOf(row, await tx.all<OrderItemRow>(ITEMS_OF, [orderId]));
  }

  async findAnswer(tx: Transaction, clientId: string, key: string): Promise<StoredAnswer | undefined> {
    const row = await tx.get<{ fingerprint: string; orderId: string; answer: string }>(
      'SELECT fingerprint, order_id AS "orderId", answer FROM idempotency_keys WHERE client_id = ? AND key = ?',
      [clientId, key],
    );
    return row && { ...row, answer: JSON.parse(row.answer) as OrderView };
  }

  async storeAnswer(tx: Transaction, clientId: string, key: string, stored: StoredAnswer): Promise<void> {
    await tx.run(
      'INSERT INTO idempotency_keys (client_id, key, fingerprint, order_id, answer, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      [clientId, key, stored.fingerprint, stored.orderId, JSON.stringify(stored.answer), Date.now()],
    );
  }

  async confirm(
    tx: Transaction,
    orderId: string,
    lines: readonly SoldLine[],
    total: Money,
  ): Promise<DecidedOrder | undefined> {
    const decided = await tx.get<DecidedOrder>(CONFIRM, [total.amount, total.currency, Date.now(), orderId]);
    if (!decided) return undefined;
    for (const [line, { productId, sku, name, unitPrice }] of lines.entries()) {
      await tx.run(SELL_LINE, [productId, sku, name, unitPrice.amount, unitPrice.currency, orderId, line]);
    }
    return decided;
  }

  reject(
    tx: Transaction,
    orderId: string,
    { reason, detail }: { reason: RejectionReason; detail: string },
  ): Promise<DecidedOrder | undefined> {
    return tx.get<DecidedOrder>(REJECT, [reason, detail, Date.now(), orderId]);
  }

  async cancel(tx: Transaction, order: Order, askAgainAt: number): Promise<boolean> {
    const { id, cancelledBy, updatedAt, version } = order;
    return (await tx.run(CANCEL, [cancelledBy, updatedAt, version, askAgainAt, id, version - 1])) === 1;
  }

  async noteReleased(tx: Transaction, orderId: string, at: number): Promise<boolean> {
    return (await tx.run(NOTE_RELEASED, [at, orderId])) === 1;
  }

  unreleased(tx: Transaction, now: number, limit: number): Promise<OverdueOrder[]> {
    return tx.all<OverdueOrder>(UNRELEASED, [now, limit]);
  }

  overdue(tx: Transaction, now: number, limit: number): Promise<OverdueOrder[]> {
    return tx.all<OverdueOrder>(
      "SELECT id, asks FROM orders WHERE status = 'PENDING' AND ask_again_at <= ? ORDER BY ask_again_at LIMIT ?",
      [now, limit],
    );
  }

  async postpone(tx: Transaction, orderId: string, askAgainAt: number): Promise<void> {
    await tx.run('UPDATE orders SET ask_again_at = ?, asks = asks + 1 WHERE id = ?', [askAgainAt, orderId]);
  }
}

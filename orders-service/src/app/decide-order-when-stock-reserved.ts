import { type StockReserved } from '@holdfast/contracts';
import { appendEvent, type MessageOrigin } from '@holdfast/messaging';
import { PermanentError, type Transaction } from '@holdfast/platform';
import { agreesWith } from '../domain/order-status.js';
import { type OrderRepository } from './ports.js';

/**
 * Confirms an order whose stock is reserved, and rejects one whose stock is not. An order that is decided or cancelled
 * stays so: what a cancelled one holds is given back by the command that its cancellation has sent after this one's.
 */
export class DecideOrderWhenStockReserved {
  constructor(private readonly orders: OrderRepository) {}

  async execute(tx: Transaction, outcome: StockReserved, origin: MessageOrigin): Promise<void> {
    const decided = outcome.reserved ? await this.confirm(tx, outcome, origin) : await this.reject(tx, outcome, origin);
    if (decided) return;
    const order = await this.orders.find(tx, outcome.orderId);
    if (!order) throw new PermanentError('UNKNOWN_ORDER', `there is no order ${outcome.orderId} to decide`);
    if (!agreesWith(order.status, outcome)) {
      throw new PermanentError('CONTRADICTION', `order ${order.id} is ${order.status}, its stock says otherwise`);
    }
  }

  private async confirm(
    tx: Transaction,
    outcome: StockReserved & { reserved: true },
    origin: MessageOrigin,
  ): Promise<boolean> {
    const { orderId, items, total } = outcome;
    const order = await this.orders.confirm(tx, orderId, items, total);
    if (!order) return false;
    const confirmedAt = new Date().toISOString();
    const data = { orderId, ...order, status: 'CONFIRMED' as const, items, total, confirmedAt };
    await appendEvent(tx, { streamId: `order/${orderId}`, type: 'order.confirmed', data }, origin);
    return true;
  }

  private async reject(
    tx: Transaction,
    outcome: StockReserved & { reserved: false },
    origin: MessageOrigin,
  ): Promise<boolean> {
    const { orderId, reason, detail } = outcome;
    const order = await this.orders.reject(tx, orderId, { reason, detail });
    if (!order) return false;
    const { lines: items, ...told } = order;
    const rejectedAt = new Date().toISOString();
    const data = { orderId, ...told, status: 'REJECTED' as const, items: [...items], reason, detail, rejectedAt };
    await appendEvent(tx, { streamId: `order/${orderId}`, type: 'order.rejected', data }, origin);
    return true;
  }
}

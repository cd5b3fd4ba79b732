import { type StockReleased } from '@holdfast/contracts';
import { PermanentError, type Transaction } from '@holdfast/platform';
import { type OrderRepository } from './ports.js';

/** Remembers that a cancelled order holds no stock any more: nobody has to ask for it again. */
export class NoteReleasedStock {
  constructor(private readonly orders: OrderRepository) {}

  async execute(tx: Transaction, { orderId }: StockReleased): Promise<void> {
    if (await this.orders.noteReleased(tx, orderId, Date.now())) return;
    const order = await this.orders.find(tx, orderId);
    if (!order) throw new PermanentError('UNKNOWN_ORDER', `there is no order ${orderId} that has held stock`);
    if (order.status !== 'CANCELLED') {
      throw new PermanentError('CONTRADICTION', `order ${orderId} is ${order.status}, its stock was given back`);
    }
  }
}

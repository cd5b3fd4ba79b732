import { accepted, type GetOrder, type OrderView, type Reply } from '@holdfast/contracts';
import { viewOf } from '../domain/order.js';
import { isVisibleTo } from '../domain/ownership.js';
import { noOrder } from './own-history.js';
import { type OrderReader } from './ports.js';

/** One order, where the caller may see it. */
export class ShowOrder {
  constructor(private readonly orders: OrderReader) {}

  /** @returns the order, or ORDER_NOT_FOUND. */
  async execute({ caller, orderId }: GetOrder): Promise<Reply<OrderView>> {
    const order = await this.orders.find(orderId);
    return order && isVisibleTo(caller, order) ? accepted(viewOf(order)) : noOrder(orderId);
  }
}

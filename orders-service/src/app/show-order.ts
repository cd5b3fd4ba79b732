import { accepted, type GetOrder, type OrderView, type Reply, refused } from '@holdfast/contracts';
import { viewOf } from '../domain/order.js';
import { type OrderReader } from './ports.js';

/** One order. Somebody else's is as absent as one that never was, so that ids cannot be probed. */
export class ShowOrder {
  constructor(private readonly orders: OrderReader) {}

  async execute({ orderId, clientId }: GetOrder): Promise<Reply<OrderView>> {
    const order = await this.orders.find(orderId);
    if (!order || (clientId !== null && order.clientId !== clientId)) {
      return refused('ORDER_NOT_FOUND', `There is no order ${orderId}.`);
    }
    return accepted(viewOf(order));
  }
}

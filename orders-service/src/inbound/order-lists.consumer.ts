import { type ListOrders as ListOrdersQuery, type OrderPage, type Reply } from '@holdfast/contracts';
import { MessageConsumer, query } from '@holdfast/messaging';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { ListOrders } from '../app/list-orders.js';

/** Queries for lists of orders. */
@MessageConsumer()
export class OrderListsConsumer {
  constructor(private readonly listOrders: ListOrders) {}

  @MessagePattern('orders.list', query)
  list(@Payload() request: ListOrdersQuery): Promise<Reply<OrderPage>> {
    return this.listOrders.execute(request);
  }
}

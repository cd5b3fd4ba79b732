import {
  type CreateOrder,
  type GetOrder,
  type OrderPlaced,
  type OrderView,
  type Reply,
  type StockReserved,
} from '@holdfast/contracts';
import { MessageConsumer, type MessageContext, OnEvent, once, ownKey, query } from '@holdfast/messaging';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { DecideOrderWhenStockReserved } from '../app/decide-order-when-stock-reserved.js';
import { PlaceOrder } from '../app/place-order.js';
import { ShowOrder } from '../app/show-order.js';

/** The messages that orders-service takes. Validation, transaction, repeats and acks are the pipeline's. */
@MessageConsumer()
export class OrdersConsumer {
  constructor(
    private readonly placeOrder: PlaceOrder,
    private readonly decideOrder: DecideOrderWhenStockReserved,
    private readonly showOrder: ShowOrder,
  ) {}

  @MessagePattern('orders.create', ownKey)
  create(@Payload() request: CreateOrder, @Ctx() context: MessageContext): Promise<Reply<OrderPlaced>> {
    return this.placeOrder.execute(context.tx, request, context.origin);
  }

  @OnEvent('product.stockReserved', once)
  stockReserved(@Payload() outcome: StockReserved, @Ctx() context: MessageContext): Promise<void> {
    return this.decideOrder.execute(context.tx, outcome, context.origin);
  }

  @MessagePattern('orders.get', query)
  get(@Payload() request: GetOrder): Promise<Reply<OrderView>> {
    return this.showOrder.execute(request);
  }
}

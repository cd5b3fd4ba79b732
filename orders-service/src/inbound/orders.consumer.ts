import {
  type CancelOrder as CancelOrderRequest,
  type CreateOrder,
  type GetOrder,
  type OrderPlaced,
  type OrderView,
  type Reply,
  type StockReleased,
  type StockReserved,
} from '@holdfast/contracts';
import { MessageConsumer, type MessageContext, OnEvent, once, ownKey, query } from '@holdfast/messaging';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { CancelOrder } from '../app/cancel-order.js';
import { DecideOrderWhenStockReserved } from '../app/decide-order-when-stock-reserved.js';
import { NoteReleasedStock } from '../app/note-released-stock.js';
import { PlaceOrder } from '../app/place-order.js';
import { ShowOrder } from '../app/show-order.js';

/** The messages that orders-service takes. Validation, transaction, repeats and acks are the pipeline's. */
@MessageConsumer()
export class OrdersConsumer {
  constructor(
    private readonly placeOrder: PlaceOrder,
    private readonly cancelOrder: CancelOrder,
    private readonly decideOrder: DecideOrderWhenStockReserved,
    private readonly noteReleasedStock: NoteReleasedStock,
    private readonly showOrder: ShowOrder,
  ) {}

  @MessagePattern('orders.create', ownKey)
  create(@Payload() request: CreateOrder, @Ctx() context: MessageContext): Promise<Reply<OrderPlaced>> {
    return this.placeOrder.execute(context.tx, request, context.origin);
  }

  @MessagePattern('orders.cancel', ownKey)
  cancel(@Payload() request: CancelOrderRequest, @Ctx() context: MessageContext): Promise<Reply<OrderView>> {
    return this.cancelOrder.execute(context.tx, request, context.origin);
  }

  @OnEvent('product.stockReserved', once)
  stockReserved(@Payload() outcome: StockReserved, @Ctx() context: MessageContext): Promise<void> {
    return this.decideOrder.execute(context.tx, outcome, context.origin);
  }

  @OnEvent('product.stockReleased', once)
  stockReleased(@Payload() release: StockReleased, @Ctx() context: MessageContext): Promise<void> {
    return this.noteReleasedStock.execute(context.tx, release);
  }

  @MessagePattern('orders.get', query)
  get(@Payload() request: GetOrder): Promise<Reply<OrderView>> {
    return this.showOrder.execute(request);
  }
}

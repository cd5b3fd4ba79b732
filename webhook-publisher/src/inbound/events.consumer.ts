import {
  type MessageData,
  type OrderCancelled,
  type OrderConfirmed,
  type OrderCreated,
  type OrderRejected,
  type StockAdjusted,
  type StockLow,
  type StockReleased,
  type StockReserved,
  type WebhookDisabled,
} from '@holdfast/contracts';
import {
  type HandlerOptions,
  inOrder,
  inTurns,
  MessageConsumer,
  type MessageContext,
  OnEvent,
} from '@holdfast/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { PrepareDeliveries } from '../app/delivery/prepare-deliveries.js';
import { DeliveryWaker } from '../app/ports.js';
import { type ArrivingType, concernOf } from '../domain/event.js';

/** Transactions at a time on PostgreSQL; what comes meanwhile shares the next ones. */
const GROUPS = 4;

/**
 * Events of one subject are stored in the order in which they came: a callback never overtakes another of its order. Those
 * of different subjects have nothing to do with each other, but would cost a commit each.
 */
const bySubject = <T extends ArrivingType>(type: T): HandlerOptions => {
  const subjectOf = (data: MessageData<T>) => concernOf(type, data).subject;
  return inTurns<MessageData<T>>(inOrder(subjectOf), (data) => [subjectOf(data), groupOf(subjectOf(data))]);
};

function groupOf(subject: string): string {
  let sum = 0;
  for (let index = 0; index < subject.length; index += 1) sum += subject.charCodeAt(index);
  return `group ${sum % GROUPS}`;
}

/** Every event that a subscriber may ask for. */
@MessageConsumer()
export class EventsConsumer {
  constructor(
    private readonly prepareDeliveries: PrepareDeliveries,
    private readonly waker: DeliveryWaker,
  ) {}

  @OnEvent('order.created', bySubject('order.created'))
  orderCreated(@Payload() data: OrderCreated, @Ctx() context: MessageContext): Promise<void> {
    return this.prepare('order.created', data, context);
  }

  @OnEvent('order.confirmed', bySubject('order.confirmed'))
  orderConfirmed(@Payload() data: OrderConfirmed, @Ctx() context: MessageContext): Promise<void> {
    return this.prepare('order.confirmed', data, context);
  }

  @OnEvent('order.rejected', bySubject('order.rejected'))
  orderRejected(@Payload() data: OrderRejected, @Ctx() context: MessageContext): Promise<void> {
    return this.prepare('order.rejected', data, context);
  }

  @OnEvent('order.cancelled', bySubject('order.cancelled'))
  orderCancelled(@Payload() data: OrderCancelled, @Ctx() context: MessageContext): Promise<void> {
    return this.prepare('order.cancelled', data, context);
  }

  @OnEvent('product.stockReserved', bySubject('product.stockReserved'))
  stockReserved(@Payload() data: StockReserved, @Ctx() context: MessageContext): Promise<void> {
    return this.prepare('product.stockReserved', data, context);
  }

  @OnEvent('product.stockReleased', bySubject('product.stockReleased'))
  stockReleased(@Payload() data: StockReleased, @Ctx() context: MessageContext): Promise<void> {
    return this.prepare('product.stockReleased', data, context);
  }

  @OnEvent('product.stockAdjusted', bySubject('product.stockAdjusted'))
  stockAdjusted(@Payload() data: StockAdjusted, @Ctx() context: MessageContext): Promise<void> {
    return this.prepare('product.stockAdjusted', data, context);
  }

  @OnEvent('product.stockLow', bySubject('product.stockLow'))
  stockLow(@Payload() data: StockLow, @Ctx() context: MessageContext): Promise<void> {
    return this.prepare('product.stockLow', data, context);
  }

  @OnEvent('webhook.disabled', bySubject('webhook.disabled'))
  webhookDisabled(@Payload() data: WebhookDisabled, @Ctx() context: MessageContext): Promise<void> {
    return this.prepare('webhook.disabled', data, context);
  }

  private async prepare<T extends ArrivingType>(type: T, data: MessageData<T>, context: MessageContext): Promise<void> {
    const subscriptionIds = await this.prepareDeliveries.execute(context.tx, type, data, context.origin);
    if (subscriptionIds.length > 0) context.afterCommit(() => this.waker.wake(subscriptionIds));
  }
}

import {
  type ListOrderChanges,
  type OfOrderTimeline,
  type OrderChanges,
  type Reply,
  type TimelinePart,
} from '@holdfast/contracts';
import { MessageConsumer, query } from '@holdfast/messaging';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { ShowOrderChanges } from '../app/show-order-changes.js';
import { ShowOrderTimeline } from '../app/show-order-timeline.js';

/** Queries for what has happened to an order. */
@MessageConsumer()
export class OrderHistoryConsumer {
  constructor(
    private readonly showChanges: ShowOrderChanges,
    private readonly showTimeline: ShowOrderTimeline,
  ) {}

  @MessagePattern('orders.events', query)
  changes(@Payload() request: ListOrderChanges): Promise<Reply<OrderChanges>> {
    return this.showChanges.execute(request);
  }

  @MessagePattern('orders.timeline', query)
  timeline(@Payload() request: OfOrderTimeline): Promise<Reply<TimelinePart>> {
    return this.showTimeline.execute(request);
  }
}

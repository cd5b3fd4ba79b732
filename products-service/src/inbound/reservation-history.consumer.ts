import { type OfOrderTimeline, type Reply, type TimelinePart } from '@holdfast/contracts';
import { MessageConsumer, query } from '@holdfast/messaging';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { ShowReservationTimeline } from '../app/show-reservation-timeline.js';

/** Queries for what has happened to the stock of an order. */
@MessageConsumer()
export class ReservationHistoryConsumer {
  constructor(private readonly showTimeline: ShowReservationTimeline) {}

  @MessagePattern('products.timeline', query)
  timeline(@Payload() request: OfOrderTimeline): Promise<Reply<TimelinePart>> {
    return this.showTimeline.execute(request);
  }
}

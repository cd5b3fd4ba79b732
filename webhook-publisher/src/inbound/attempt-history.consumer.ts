import { type OfEventsTimeline, type Reply, type TimelinePart } from '@holdfast/contracts';
import { MessageConsumer, query } from '@holdfast/messaging';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { ShowAttempts } from '../app/show-attempts.js';

/** Queries for what was done to tell subscribers of events. */
@MessageConsumer()
export class AttemptHistoryConsumer {
  constructor(private readonly showAttempts: ShowAttempts) {}

  @MessagePattern('webhooks.timeline', query)
  timeline(@Payload() request: OfEventsTimeline): Promise<Reply<TimelinePart>> {
    return this.showAttempts.execute(request);
  }
}

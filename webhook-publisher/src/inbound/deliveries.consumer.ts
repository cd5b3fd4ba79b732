import {
  type DeliveryDetail,
  type DeliveryPage,
  type DeliveryRef,
  type DeliveryView,
  type ListDeliveries as ListDeliveriesQuery,
  type ReplayResult,
  type ReplayWebhook,
  type Reply,
  type RetryDelivery as RetryDeliveryCommand,
} from '@holdfast/contracts';
import { act, MessageConsumer, type MessageContext, ownKey, query } from '@holdfast/messaging';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { ListDeliveries } from '../app/list-deliveries.js';
import { DeliveryWaker } from '../app/ports.js';
import { ReplayDeliveries } from '../app/replay-deliveries.js';
import { RetryDelivery } from '../app/retry-delivery.js';
import { ShowDelivery } from '../app/show-delivery.js';
import { ReplayWorker } from './replay-worker.js';

/** What owners do with their deliveries. Every command knows its repeats by the act that it notes, or by their key. */
@MessageConsumer()
export class DeliveriesConsumer {
  constructor(
    private readonly retryDelivery: RetryDelivery,
    private readonly replayDeliveries: ReplayDeliveries,
    private readonly showDelivery: ShowDelivery,
    private readonly listDeliveries: ListDeliveries,
    private readonly waker: DeliveryWaker,
    private readonly replayWorker: ReplayWorker,
  ) {}

  @MessagePattern('deliveries.retry', ownKey)
  async retry(@Payload() request: RetryDeliveryCommand, @Ctx() context: MessageContext): Promise<Reply<DeliveryView>> {
    const reply = await this.retryDelivery.execute(context.tx, request, context.origin);
    if (reply.ok) context.afterCommit(() => this.waker.wake([reply.value.webhookId]));
    return reply;
  }

  /** In no transaction of the pipeline's: what it counts takes longer than others can wait for. */
  @MessagePattern('webhooks.replay', act)
  async replay(@Payload() request: ReplayWebhook, @Ctx() context: MessageContext): Promise<Reply<ReplayResult>> {
    const reply = await this.replayDeliveries.execute(request, context.origin);
    if (reply.ok && !reply.value.dryRun) this.replayWorker.nudge();
    return reply;
  }

  @MessagePattern('deliveries.get', query)
  get(@Payload() request: DeliveryRef): Promise<Reply<DeliveryDetail>> {
    return this.showDelivery.execute(request);
  }

  @MessagePattern('deliveries.list', query)
  list(@Payload() request: ListDeliveriesQuery): Promise<Reply<DeliveryPage>> {
    return this.listDeliveries.execute(request);
  }
}

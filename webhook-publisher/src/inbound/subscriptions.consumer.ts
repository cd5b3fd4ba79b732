import {
  type CreateWebhook,
  type DeleteWebhook,
  type ListWebhooks,
  type Reply,
  type RotateSecret as RotateSecretCommand,
  type SwitchWebhook,
  type TestWebhook,
  type UpdateWebhook,
  type WebhookCreated,
  type WebhookPage,
  type WebhookRef,
  type WebhookTestResult,
  type WebhookView,
  type WebhookWithSecret,
} from '@holdfast/contracts';
import { act, MessageConsumer, type MessageContext, ownKey, query } from '@holdfast/messaging';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { CreateSubscription } from '../app/create-subscription.js';
import { DeleteSubscription } from '../app/delete-subscription.js';
import { ListSubscriptions } from '../app/list-subscriptions.js';
import { DeliveryWaker } from '../app/ports.js';
import { RotateSecret } from '../app/rotate-secret.js';
import { SendTestEvent } from '../app/send-test-event.js';
import { ShowSubscription } from '../app/show-subscription.js';
import { SwitchSubscription } from '../app/switch-subscription.js';
import { UpdateSubscription } from '../app/update-subscription.js';
import { ReplayWorker } from './replay-worker.js';

/** What owners do with their subscriptions. Every command knows its repeats by the act that it notes, or by their key. */
@MessageConsumer()
export class SubscriptionsConsumer {
  constructor(
    private readonly createSubscription: CreateSubscription,
    private readonly updateSubscription: UpdateSubscription,
    private readonly deleteSubscription: DeleteSubscription,
    private readonly switchSubscription: SwitchSubscription,
    private readonly rotateSecretOf: RotateSecret,
    private readonly sendTestEvent: SendTestEvent,
    private readonly showSubscription: ShowSubscription,
    private readonly listSubscriptions: ListSubscriptions,
    private readonly waker: DeliveryWaker,
    private readonly replayWorker: ReplayWorker,
  ) {}

  @MessagePattern('webhooks.create', ownKey)
  create(@Payload() request: CreateWebhook, @Ctx() context: MessageContext): Promise<Reply<WebhookCreated>> {
    return this.createSubscription.execute(context.tx, request, context.origin);
  }

  @MessagePattern('webhooks.update', ownKey)
  async update(@Payload() request: UpdateWebhook, @Ctx() context: MessageContext): Promise<Reply<WebhookView>> {
    const reply = await this.updateSubscription.execute(context.tx, request, context.origin);
    return this.waking(reply, context);
  }

  @MessagePattern('webhooks.delete', ownKey)
  async delete(@Payload() request: DeleteWebhook, @Ctx() context: MessageContext): Promise<Reply<null>> {
    const reply = await this.deleteSubscription.execute(context.tx, request, context.origin);
    return this.refreshing(request, reply, context);
  }

  @MessagePattern('webhooks.enable', ownKey)
  async enable(@Payload() request: SwitchWebhook, @Ctx() context: MessageContext): Promise<Reply<WebhookView>> {
    const reply = await this.switchSubscription.execute(context.tx, 'enable', request, context.origin);
    return this.waking(reply, context);
  }

  @MessagePattern('webhooks.disable', ownKey)
  async disable(@Payload() request: SwitchWebhook, @Ctx() context: MessageContext): Promise<Reply<WebhookView>> {
    const reply = await this.switchSubscription.execute(context.tx, 'disable', request, context.origin);
    return this.refreshing(request, reply, context);
  }

  @MessagePattern('webhooks.rotateSecret', ownKey)
  async rotateSecret(
    @Payload() request: RotateSecretCommand,
    @Ctx() context: MessageContext,
  ): Promise<Reply<WebhookWithSecret>> {
    const reply = await this.rotateSecretOf.execute(context.tx, request, context.origin);
    return this.refreshing(request, reply, context);
  }

  @MessagePattern('webhooks.test', act)
  test(@Payload() request: TestWebhook, @Ctx() context: MessageContext): Promise<Reply<WebhookTestResult>> {
    return this.sendTestEvent.execute(request, context.origin);
  }

  @MessagePattern('webhooks.get', query)
  get(@Payload() request: WebhookRef): Promise<Reply<WebhookView>> {
    return this.showSubscription.execute(request);
  }

  @MessagePattern('webhooks.list', query)
  list(@Payload() request: ListWebhooks): Promise<Reply<WebhookPage>> {
    return this.listSubscriptions.execute(request);
  }

  /** What may be due by this is looked for once it is committed. */
  private waking(reply: Reply<WebhookView>, context: MessageContext): Reply<WebhookView> {
    if (reply.ok) {
      context.afterCommit(() => {
        this.waker.renew(reply.value.id);
        this.replayWorker.nudge();
      });
    }
    return reply;
  }

  /** What is leased for its old state is leased anew. */
  private refreshing<T>({ webhookId }: { webhookId: string }, reply: Reply<T>, context: MessageContext): Reply<T> {
    if (reply.ok) context.afterCommit(() => this.waker.refresh(webhookId));
    return reply;
  }
}

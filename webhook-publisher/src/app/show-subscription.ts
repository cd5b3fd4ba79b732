import { accepted, type Reply, type WebhookRef, type WebhookView } from '@holdfast/contracts';
import { mayManage } from '../domain/ownership.js';
import { viewOf } from '../domain/subscription.js';
import { noWebhook } from './own-subscription.js';
import { type SubscriptionReader } from './owner.ports.js';

/** One subscription. */
export class ShowSubscription {
  constructor(private readonly subscriptions: SubscriptionReader) {}

  async execute({ caller, webhookId }: WebhookRef): Promise<Reply<WebhookView>> {
    const subscription = await this.subscriptions.find(webhookId);
    return subscription && mayManage(caller, subscription) ? accepted(viewOf(subscription)) : noWebhook(webhookId);
  }
}

import { accepted, type Reply, type WebhookRef } from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { maskedUrl, type Transaction } from '@holdfast/platform';
import { actOf, noWebhook, ownSubscription } from './own-subscription.js';
import { type AuditTrail, type StoredAnswers } from './owner.ports.js';
import { type Clock, type SubscriptionRepository } from './ports.js';

/** Ends a subscription, in the caller's transaction. What it has not been sent is not sent any more; its secret is gone. */
export class DeleteSubscription {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly answers: StoredAnswers,
    private readonly audit: AuditTrail,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  async execute(tx: Transaction, { caller, webhookId }: WebhookRef, origin: MessageOrigin): Promise<Reply<null>> {
    const act = actOf('delete', caller, webhookId, origin);
    const subscription = await ownSubscription(tx, this.subscriptions, caller, webhookId);
    if (!subscription) return (await this.audit.find(tx, act)) ? accepted(null) : noWebhook(webhookId);
    const now = this.clock.now();
    await this.subscriptions.remove(tx, webhookId, now);
    await this.answers.forget(tx, webhookId);
    await this.audit.enter(tx, act, { clientId: subscription.clientId, url: maskedUrl(subscription.url) }, now);
    return accepted(null);
  }
}

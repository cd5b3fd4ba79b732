import { accepted, type DeleteWebhook, type Reply } from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { maskedUrl, type Transaction } from '@holdfast/platform';
import { actOf, noWebhook, ownSubscription, refusalOfVersion } from './own-subscription.js';
import { type AuditTrail } from './owner.ports.js';
import { type Clock, type SubscriptionRepository } from './ports.js';

/** Ends a subscription, in the caller's transaction. What it has not been sent is not sent any more. */
export class DeleteSubscription {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  async execute(
    tx: Transaction,
    { caller, webhookId, ifVersion }: DeleteWebhook,
    origin: MessageOrigin,
  ): Promise<Reply<null>> {
    const act = actOf('delete', caller, webhookId, origin);
    const subscription = await ownSubscription(tx, this.subscriptions, caller, webhookId);
    if (!subscription) return (await this.audit.find(tx, act)) ? accepted(null) : noWebhook(webhookId);
    const refusal = refusalOfVersion(subscription, ifVersion);
    if (refusal) return { ok: false, error: refusal };
    const now = this.clock.now();
    await this.subscriptions.remove(tx, webhookId, now);
    await this.audit.enter(tx, act, { clientId: subscription.clientId, url: maskedUrl(subscription.url) }, now);
    return accepted(null);
  }
}

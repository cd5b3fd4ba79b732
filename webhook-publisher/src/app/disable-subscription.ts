import { accepted, type Reply, type WebhookRef, type WebhookView } from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { viewOf } from '../domain/subscription.js';
import { disabling } from '../domain/subscription-changes.js';
import { applyChanges } from './apply-changes.js';
import { actOf, noWebhook, ownSubscription } from './own-subscription.js';
import { type OwnerParts } from './owner.ports.js';

/** Holds the events of a subscription back, until it is enabled. */
export class DisableSubscription {
  constructor(private readonly parts: OwnerParts) {}

  async execute(
    tx: Transaction,
    { caller, webhookId }: WebhookRef,
    origin: MessageOrigin,
  ): Promise<Reply<WebhookView>> {
    const { subscriptions, audit, clock } = this.parts;
    const subscription = await ownSubscription(tx, subscriptions, caller, webhookId);
    if (!subscription) return noWebhook(webhookId);
    const act = actOf('disable', caller, webhookId, origin);
    if (await audit.find(tx, act)) return accepted(viewOf(subscription));
    const now = clock.now();
    const changed = await applyChanges(tx, this.parts, subscription, disabling(subscription), now);
    await audit.enter(tx, act, {}, now);
    return accepted(viewOf(changed));
  }
}

import { accepted, type Reply, type WebhookRef, type WebhookView } from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { viewOf } from '../domain/subscription.js';
import { enabling } from '../domain/subscription-changes.js';
import { applyChanges } from './apply-changes.js';
import { actOf, noWebhook, ownSubscription } from './own-subscription.js';
import { type OwnerParts } from './owner.ports.js';

/** Lets a subscription have its callbacks again, what was held first, and forgets what was held against its endpoint. */
export class EnableSubscription {
  constructor(private readonly parts: OwnerParts) {}

  async execute(
    tx: Transaction,
    { caller, webhookId }: WebhookRef,
    origin: MessageOrigin,
  ): Promise<Reply<WebhookView>> {
    const { subscriptions, audit, clock } = this.parts;
    const subscription = await ownSubscription(tx, subscriptions, caller, webhookId);
    if (!subscription) return noWebhook(webhookId);
    const act = actOf('enable', caller, webhookId, origin);
    if (await audit.find(tx, act)) return accepted(viewOf(subscription));
    const now = clock.now();
    const changed = await applyChanges(tx, this.parts, subscription, enabling(subscription), now);
    await audit.enter(tx, act, {}, now);
    return accepted(viewOf(changed));
  }
}

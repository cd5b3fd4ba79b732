import { accepted, type Reply, type SwitchWebhook, type WebhookView } from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { viewOf } from '../domain/subscription.js';
import { disabling, enabling } from '../domain/subscription-changes.js';
import { type AnswerOnce, askedFor } from './answer-once.js';
import { applyChanges } from './apply-changes.js';
import { actOf, noWebhook, ownSubscription, refusalOfVersion } from './own-subscription.js';
import { type OwnerParts } from './owner.ports.js';

const CHANGES = { enable: enabling, disable: disabling };

export type Switch = keyof typeof CHANGES;

/**
 * Enables a subscription, so that it has its callbacks again, what was held first, and forgets what was held against its
 * endpoint; or disables it, so that its events are held until then.
 */
export class SwitchSubscription {
  constructor(private readonly parts: OwnerParts & { once: AnswerOnce }) {}

  execute(tx: Transaction, to: Switch, request: SwitchWebhook, origin: MessageOrigin): Promise<Reply<WebhookView>> {
    return this.parts.once.execute(tx, askedFor(to, request, origin), () => this.switch(tx, to, request, origin));
  }

  private async switch(
    tx: Transaction,
    to: Switch,
    { caller, webhookId, ifVersion }: SwitchWebhook,
    origin: MessageOrigin,
  ): Promise<Reply<WebhookView>> {
    const { subscriptions, audit, clock } = this.parts;
    const subscription = await ownSubscription(tx, subscriptions, caller, webhookId);
    if (!subscription) return noWebhook(webhookId);
    const act = actOf(to, caller, webhookId, origin);
    if (await audit.find(tx, act)) return accepted(viewOf(subscription));
    const refusal = refusalOfVersion(subscription, ifVersion);
    if (refusal) return { ok: false, error: refusal };
    const now = clock.now();
    const changed = await applyChanges(tx, this.parts, subscription, CHANGES[to](subscription), now);
    await audit.enter(tx, act, {}, now);
    return accepted(viewOf(changed));
  }
}

import { accepted, type Refusal, type Reply, type UpdateWebhook, type WebhookView } from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { maskedUrl, type Transaction } from '@holdfast/platform';
import { type Subscription, viewOf } from '../domain/subscription.js';
import { changesAsked, type OwnerChanges } from '../domain/subscription-changes.js';
import { applyChanges } from './apply-changes.js';
import { actOf, noWebhook, ownSubscription, refusalOfVersion } from './own-subscription.js';
import { type OwnerParts, type UrlPolicy } from './owner.ports.js';
import { refusalOfSettings } from './refuse-settings.js';

/** Changes what an owner says of a subscription, in the caller's transaction. What is so already changes nothing. */
export class UpdateSubscription {
  constructor(private readonly parts: OwnerParts & { urlPolicy: UrlPolicy }) {}

  async execute(tx: Transaction, request: UpdateWebhook, origin: MessageOrigin): Promise<Reply<WebhookView>> {
    const { caller, webhookId, ifVersion } = request;
    const { subscriptions, audit, clock } = this.parts;
    const subscription = await ownSubscription(tx, subscriptions, caller, webhookId);
    if (!subscription) return noWebhook(webhookId);
    const act = actOf('update', caller, webhookId, origin);
    if (await audit.find(tx, act)) return accepted(viewOf(subscription));
    const changes = changesAsked(subscription, request.changes);
    const refusal = refusalOfVersion(subscription, ifVersion) ?? this.refusalOf(subscription, changes);
    if (refusal) return { ok: false, error: refusal };
    const now = clock.now();
    const changed = await applyChanges(tx, this.parts, subscription, changes, now);
    await audit.enter(tx, act, auditable(changes), now);
    return accepted(viewOf(changed));
  }

  /** What is left as it is needs no permission: a URL may have become one that new webhooks cannot have. */
  private refusalOf({ role }: Subscription, { url, eventTypes = [] }: OwnerChanges): Refusal | undefined {
    return refusalOfSettings({ role, url, eventTypes }, this.parts.urlPolicy);
  }
}

const auditable = (changes: OwnerChanges) =>
  changes.url === undefined ? changes : { ...changes, url: maskedUrl(changes.url) };

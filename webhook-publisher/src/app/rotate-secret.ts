import {
  accepted,
  DEFAULT_OVERLAP_S,
  type Reply,
  type RotateSecret as RotateSecretCommand,
  type WebhookWithSecret,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { viewOf } from '../domain/subscription.js';
import { type AnswerOnce, askedFor } from './answer-once.js';
import { actOf, noWebhook, ownSubscription, refusalOfVersion } from './own-subscription.js';
import { type AuditTrail } from './owner.ports.js';
import { type Clock, type SecretBox, type SubscriptionRepository } from './ports.js';

export interface RotateSecretParts {
  subscriptions: SubscriptionRepository;
  audit: AuditTrail;
  once: AnswerOnce;
  secretBox: SecretBox;
  newSecret: () => string;
  clock: Pick<Clock, 'now'>;
}

/**
 * Gives a subscription a new secret, in the caller's transaction. The old one signs too for a while; one that was older
 * still is gone. The same request again gets the same secret, also one that has been rotated away since: who repeats it
 * has lost the answer, and needs what it said.
 */
export class RotateSecret {
  constructor(private readonly parts: RotateSecretParts) {}

  execute(tx: Transaction, request: RotateSecretCommand, origin: MessageOrigin): Promise<Reply<WebhookWithSecret>> {
    const asked = askedFor('rotate-secret', request, origin);
    return this.parts.once.execute(tx, asked, () => this.rotate(tx, request, origin));
  }

  private async rotate(
    tx: Transaction,
    { caller, webhookId, ifVersion, overlapSeconds = DEFAULT_OVERLAP_S }: RotateSecretCommand,
    origin: MessageOrigin,
  ): Promise<Reply<WebhookWithSecret>> {
    const { subscriptions, audit, secretBox, newSecret, clock } = this.parts;
    const subscription = await ownSubscription(tx, subscriptions, caller, webhookId);
    if (!subscription) return noWebhook(webhookId);
    const act = actOf('rotate-secret', caller, webhookId, origin);
    if (await audit.find(tx, act)) {
      return accepted({ ...viewOf(subscription), secret: secretBox.open(subscription.secret, webhookId) });
    }
    const refusal = refusalOfVersion(subscription, ifVersion);
    if (refusal) return { ok: false, error: refusal };
    const now = clock.now();
    const secret = newSecret();
    const until = overlapSeconds === 0 ? null : now + overlapSeconds * 1000;
    const changes = {
      secret: secretBox.seal(secret, webhookId),
      previousSecret: until === null ? null : subscription.secret,
      previousSecretUntil: until,
    };
    await subscriptions.change(tx, webhookId, changes, now);
    await audit.enter(tx, act, { overlapSeconds }, now);
    const changed = { ...subscription, updatedAt: now, version: subscription.version + 1 };
    return accepted({ ...viewOf(changed), secret });
  }
}

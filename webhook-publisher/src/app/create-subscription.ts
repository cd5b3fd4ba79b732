import {
  accepted,
  type CreateWebhook,
  type Refusal,
  type Reply,
  type WebhookCreated,
  type WebhookWithSecret,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { maskedUrl, type Transaction } from '@holdfast/platform';
import { fingerprintOf, newSubscription } from '../domain/new-subscription.js';
import { mayManage } from '../domain/ownership.js';
import { type Subscription, viewOf } from '../domain/subscription.js';
import { type AnswerOnce } from './answer-once.js';
import { actOf, noWebhook } from './own-subscription.js';
import { type AuditTrail, type UrlPolicy } from './owner.ports.js';
import { type Clock, type SecretBox, type StoredSubscription, type SubscriptionRepository } from './ports.js';
import { refusalOfSettings } from './refuse-settings.js';

/** Every event costs a client's matching subscriptions one delivery each. */
export const MAX_SUBSCRIPTIONS = 100;

export interface CreateSubscriptionParts {
  subscriptions: SubscriptionRepository;
  audit: AuditTrail;
  once: AnswerOnce;
  urlPolicy: UrlPolicy;
  secretBox: SecretBox;
  newSecret: () => string;
  clock: Pick<Clock, 'now'>;
}

/**
 * Subscribes, in the caller's transaction, and answers with the secret. The same request again, known by its idempotency
 * key or by its own id, gets the same answer, secret included.
 */
export class CreateSubscription {
  constructor(private readonly parts: CreateSubscriptionParts) {}

  async execute(tx: Transaction, request: CreateWebhook, origin: MessageOrigin): Promise<Reply<WebhookCreated>> {
    const subscription = newSubscription(request, origin.messageId, this.parts.clock.now());
    const asked = {
      clientId: subscription.clientId,
      key: request.idempotencyKey,
      // What is left out and what is given as its default ask for the same.
      fingerprint: fingerprintOf(subscription),
      requestId: origin.messageId,
    };
    const reply = await this.parts.once.execute(tx, asked, () => this.create(tx, subscription, origin));
    return reply.ok ? accepted({ webhook: reply.value, replayed: reply.replayed === true }) : reply;
  }

  private async create(
    tx: Transaction,
    subscription: Subscription,
    origin: MessageOrigin,
  ): Promise<Reply<WebhookWithSecret>> {
    const earlier = await this.storedRow(tx, subscription);
    if (earlier) return earlier;
    const refusal = await this.refusalOf(tx, subscription);
    // Refused perhaps because of what the same request, delivered twice, has stored since the look above.
    if (refusal) return (await this.storedRow(tx, subscription)) ?? { ok: false, error: refusal };

    const { subscriptions, secretBox, newSecret } = this.parts;
    const secret = newSecret();
    const stored = withSecret(subscription, secretBox.seal(secret, subscription.id));
    if (!(await subscriptions.insert(tx, stored))) {
      // Another process has just stored it for the same request; or it is deleted since.
      return (await this.storedRow(tx, subscription)) ?? noWebhook(subscription.id);
    }
    await this.note(tx, subscription, origin);
    return accepted({ ...viewOf(subscription), secret });
  }

  /** Undefined where no subscription has the request's id. */
  private async storedRow(tx: Transaction, wanted: Subscription): Promise<Reply<WebhookWithSecret> | undefined> {
    const stored = await this.parts.subscriptions.find(tx, wanted.id);
    if (!stored) return undefined;
    // Only by hand can another client's request have the same id.
    if (!mayManage({ role: wanted.role, clientId: wanted.clientId }, stored)) return noWebhook(wanted.id);
    const secret = this.parts.secretBox.open(stored.secret, stored.id);
    return accepted({ ...viewOf(stored), secret });
  }

  private async refusalOf(tx: Transaction, subscription: Subscription): Promise<Refusal | undefined> {
    const refusal = refusalOfSettings(subscription, this.parts.urlPolicy);
    if (refusal) return refusal;
    const count = await this.parts.subscriptions.countOf(tx, subscription.clientId);
    if (count < MAX_SUBSCRIPTIONS) return undefined;
    return { code: 'WEBHOOK_LIMIT_REACHED', detail: `There are ${count} webhooks; ${MAX_SUBSCRIPTIONS} are the most.` };
  }

  private note(tx: Transaction, subscription: Subscription, origin: MessageOrigin): Promise<void> {
    const { id, clientId, role, url, eventTypes, enabled, createdAt } = subscription;
    const act = actOf('create', { role, clientId }, id, origin);
    return this.parts.audit.enter(tx, act, { url: maskedUrl(url), eventTypes, enabled }, createdAt);
  }
}

const withSecret = (subscription: Subscription, secret: string): StoredSubscription => ({
  ...subscription,
  secret,
  previousSecret: null,
  previousSecretUntil: null,
});

import {
  accepted,
  type CreateWebhook,
  type Refusal,
  type Reply,
  refused,
  type WebhookCreated,
  type WebhookWithSecret,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { maskedUrl, type Transaction, TransientError } from '@holdfast/platform';
import { fingerprintOf, newSubscription } from '../domain/new-subscription.js';
import { mayManage } from '../domain/ownership.js';
import { type Subscription, viewOf } from '../domain/subscription.js';
import { actOf, noWebhook } from './own-subscription.js';
import { type AuditTrail, type StoredAnswers, type UrlPolicy } from './owner.ports.js';
import { type Clock, type SecretBox, type StoredSubscription, type SubscriptionRepository } from './ports.js';
import { refusalOfSettings } from './refuse-settings.js';

/** Every event costs a client's matching subscriptions one delivery each. */
export const MAX_SUBSCRIPTIONS = 100;

export interface CreateSubscriptionParts {
  subscriptions: SubscriptionRepository;
  answers: StoredAnswers;
  audit: AuditTrail;
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
    const { subscriptions, secretBox, newSecret, clock } = this.parts;
    const subscription = newSubscription(request, origin.messageId, clock.now());
    const earlier = (await this.storedAnswer(tx, request, subscription)) ?? (await this.storedRow(tx, subscription));
    if (earlier) return earlier;
    const refusal = await this.refusalOf(tx, subscription);
    if (refusal) return { ok: false, error: refusal };

    const secret = newSecret();
    const stored = withSecret(subscription, secretBox.seal(secret, subscription.id));
    if (!(await subscriptions.insert(tx, stored))) {
      // Another process has just stored it for the same request; or it is deleted since.
      return (await this.storedRow(tx, subscription)) ?? noWebhook(subscription.id);
    }
    const webhook = { ...viewOf(subscription), secret };
    await this.storeAnswer(tx, request, subscription, webhook);
    await this.note(tx, subscription, origin);
    return accepted({ webhook, replayed: false });
  }

  private async storedAnswer(
    tx: Transaction,
    { caller, idempotencyKey }: CreateWebhook,
    subscription: Subscription,
  ): Promise<Reply<WebhookCreated> | undefined> {
    if (idempotencyKey === undefined) return undefined;
    const stored = await this.parts.answers.find(tx, caller.clientId, idempotencyKey);
    if (!stored) return undefined;
    if (stored.fingerprint !== fingerprintOf(subscription)) {
      return refused('IDEMPOTENCY_KEY_REUSED', 'This key was used for a webhook with other settings.');
    }
    // Its secret is gone with it, and who repeats a request that has been undone since does not mean to do it again.
    if (stored.answer === null) return noWebhook(stored.subscriptionId);
    const answer = this.parts.secretBox.open(stored.answer, answerOwner(caller.clientId, idempotencyKey));
    const webhook = JSON.parse(answer) as WebhookWithSecret;
    return accepted({ webhook, replayed: webhook.id !== subscription.id });
  }

  /** Undefined where no subscription has the request's id. */
  private async storedRow(tx: Transaction, wanted: Subscription): Promise<Reply<WebhookCreated> | undefined> {
    const stored = await this.parts.subscriptions.find(tx, wanted.id);
    if (!stored) return undefined;
    // Only by hand can another client's request have the same id.
    if (!mayManage({ role: wanted.role, clientId: wanted.clientId }, stored)) return noWebhook(wanted.id);
    const secret = this.parts.secretBox.open(stored.secret, stored.id);
    return accepted({ webhook: { ...viewOf(stored), secret }, replayed: false });
  }

  private async refusalOf(tx: Transaction, subscription: Subscription): Promise<Refusal | undefined> {
    const refusal = refusalOfSettings(subscription, this.parts.urlPolicy);
    if (refusal) return refusal;
    const count = await this.parts.subscriptions.countOf(tx, subscription.clientId);
    if (count < MAX_SUBSCRIPTIONS) return undefined;
    return { code: 'WEBHOOK_LIMIT_REACHED', detail: `There are ${count} webhooks; ${MAX_SUBSCRIPTIONS} are the most.` };
  }

  private async storeAnswer(
    tx: Transaction,
    { idempotencyKey }: CreateWebhook,
    subscription: Subscription,
    webhook: WebhookWithSecret,
  ): Promise<void> {
    if (idempotencyKey === undefined) return;
    const { answers, secretBox } = this.parts;
    const { clientId, createdAt } = subscription;
    const answer = secretBox.seal(JSON.stringify(webhook), answerOwner(clientId, idempotencyKey));
    const stored = { fingerprint: fingerprintOf(subscription), subscriptionId: subscription.id, answer };
    if (await answers.store(tx, clientId, idempotencyKey, stored, createdAt)) return;
    // Another process was quicker with the same key; the next try finds its answer.
    throw new TransientError('KEY_TAKEN', 'another request with this idempotency key has just been answered');
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

/** An answer opens for its own key only, whatever row it is put in. */
const answerOwner = (clientId: string, key: string): string => `answer ${clientId} ${key}`;

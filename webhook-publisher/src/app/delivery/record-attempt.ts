import { type DisabledReason } from '@holdfast/contracts';
import { appendEvent, type MessageOrigin } from '@holdfast/messaging';
import { newId } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import {
  type DeliveryRepository,
  type EndpointNotes,
  type RecordedAttempt,
  type SubscriptionRepository,
} from '../ports.js';

/** What an attempt tells of its endpoint, beyond its delivery. */
export interface EndpointNews {
  /** It has begun to fail, at this time. */
  failingSince?: number;
  /** It answers again. */
  answering?: true;
  /** It asks to be left alone until this time. */
  holdUntil?: number;
  /** It gets nothing any more until somebody enables it. */
  disable?: { reason: Exclude<DisabledReason, 'REQUESTED'>; detail: string };
}

export interface AttemptToRecord extends RecordedAttempt {
  news: EndpointNews;
}

/** Stores an attempt, what becomes of its delivery and what it tells of the endpoint, in the caller's transaction. */
export class RecordAttempt {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly notes: EndpointNotes,
    private readonly subscriptions: SubscriptionRepository,
  ) {}

  /** @returns whether another delivery of the subject has its turn now. */
  async execute(tx: Transaction, { news, ...attempt }: AttemptToRecord, now: number): Promise<boolean> {
    const { subscriptionId } = attempt;
    const advanced = await this.deliveries.record(tx, attempt, now);
    if (news.failingSince !== undefined) await this.notes.failing(tx, subscriptionId, news.failingSince);
    if (news.answering) await this.notes.answering(tx, subscriptionId);
    if (news.holdUntil !== undefined) await this.notes.holdUntil(tx, subscriptionId, news.holdUntil);
    if (news.disable) await this.disable(tx, attempt, news.disable, now);
    return advanced;
  }

  /** Once: attempts that were on their way together find it disabled. */
  private async disable(
    tx: Transaction,
    { subscriptionId, deliveryId }: RecordedAttempt,
    { reason, detail }: NonNullable<EndpointNews['disable']>,
    now: number,
  ): Promise<void> {
    const subscription = await this.subscriptions.find(tx, subscriptionId);
    if (!subscription?.enabled) return;
    await this.subscriptions.change(tx, subscriptionId, { enabled: false, disabledReason: reason }, now);
    const { clientId, url } = subscription;
    const disabledAt = new Date(now).toISOString();
    const data = { webhookId: subscriptionId, clientId, host: new URL(url).host, reason, detail, disabledAt };
    await appendEvent(
      tx,
      { streamId: `webhook/${subscriptionId}`, type: 'webhook.disabled', data },
      causedBy(deliveryId, now),
    );
  }
}

const causedBy = (deliveryId: string, now: number): MessageOrigin => ({
  messageId: deliveryId,
  correlationId: newId(),
  traceparent: undefined,
  occurredAt: now,
});

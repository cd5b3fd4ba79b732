import { type DisabledReason, newId } from '@holdfast/contracts';
import { appendEvent, type MessageOrigin } from '@holdfast/messaging';
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
  /** It answers again, since this time. */
  answeringSince?: number;
  /** It asks to be left alone until this time. */
  holdUntil?: number;
  /** It gets nothing any more until somebody enables it. */
  disable?: {
    reason: Exclude<DisabledReason, 'REQUESTED'>;
    detail: string;
    /** Only if it has failed since then, by what is stored. */
    ifFailingSince?: number;
  };
}

export interface AttemptToRecord extends RecordedAttempt {
  /** Of the subscription, as it was when the attempt was made. */
  version: number;
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
  async execute(tx: Transaction, { news, version, ...attempt }: AttemptToRecord, now: number): Promise<boolean> {
    const { subscriptionId } = attempt;
    const advanced = await this.deliveries.record(tx, attempt, now);
    if (news.failingSince !== undefined) await this.notes.failing(tx, subscriptionId, news.failingSince);
    if (news.answeringSince !== undefined) await this.notes.answering(tx, subscriptionId, news.answeringSince);
    if (news.holdUntil !== undefined) {
      await this.notes.holdUntil(tx, { id: subscriptionId, version }, news.holdUntil, now);
    }
    if (news.disable) await this.disable(tx, attempt, version, news.disable, now);
    return advanced;
  }

  /** Once: attempts that were on their way together find it disabled, and so does one that went to where it was before. */
  private async disable(
    tx: Transaction,
    { subscriptionId, deliveryId }: RecordedAttempt,
    version: number,
    { reason, detail, ifFailingSince }: NonNullable<EndpointNews['disable']>,
    now: number,
  ): Promise<void> {
    const subscription = await this.subscriptions.find(tx, subscriptionId);
    if (!subscription?.enabled || subscription.version !== version) return;
    // It may have answered since, in an attempt that is stored already.
    if (ifFailingSince !== undefined && (subscription.failingSince ?? now) > ifFailingSince) return;
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

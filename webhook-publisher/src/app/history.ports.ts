import { type AttemptError, type DeliveryStatus, type WebhookEventType } from '@holdfast/contracts';

/** One attempt to tell a subscription of an event. */
export interface EventAttempt {
  eventId: string;
  eventType: WebhookEventType;
  subscriptionId: string;
  deliveryId: string;
  /** Of the delivery, as it is now. */
  deliveryStatus: DeliveryStatus | 'waiting';
  /** From 1. */
  number: number;
  /** Unix milliseconds of its start. */
  at: number;
  durationMs: number;
  /** Of the answer; null where there was none. */
  status: number | null;
  error: AttemptError | null;
  detail: string | null;
}

/** What was done to tell subscribers of an event, as queries read it, never waiting behind a write. */
export interface AttemptHistory {
  /**
   * The attempts of all deliveries of an event that are still kept, oldest first.
   *
   * @param clientId only to subscriptions of this client's; undefined for everyone's. Deleted ones have none.
   */
  of(eventId: string, clientId: string | undefined, limit: number): Promise<EventAttempt[]>;
}

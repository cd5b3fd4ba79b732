import { type DeliveryView } from '@holdfast/contracts';
import { type DeliveryRecord } from './ports.js';

/** The delivery as callers see it. When one that waits for its turn is sent, nobody can say. */
export function deliveryViewOf(delivery: DeliveryRecord): DeliveryView {
  const { id, subscriptionId, eventId, eventType, subject, sequence, previousEventId, status } = delivery;
  const { attempts, dueAt, createdAt, finishedAt } = delivery;
  return {
    id,
    webhookId: subscriptionId,
    eventId,
    eventType,
    subject,
    sequence,
    previousEventId,
    status: status === 'waiting' ? 'pending' : status,
    attemptCount: attempts,
    nextAttemptAt: status === 'pending' ? new Date(dueAt).toISOString() : null,
    createdAt: new Date(createdAt).toISOString(),
    finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
  };
}

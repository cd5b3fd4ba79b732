import { type EventTypeFilter, filterMatches, type WebhookEventType } from '@holdfast/contracts';

/** Which deliveries of its range a replay sends again. */
export interface ReplayTerms {
  eventTypes: readonly EventTypeFilter[];
  /** Leaves out what the subscriber has acknowledged. */
  onlyMissing: boolean;
}

/** Statuses as they are stored. What is on its way is left alone, and a test is nothing that a subscriber misses. */
export function isReplayed(
  { eventType, status }: { eventType: WebhookEventType; status: string },
  { eventTypes, onlyMissing }: ReplayTerms,
): boolean {
  if (eventType === 'webhook.test') return false;
  if (status !== 'dead' && (onlyMissing || status !== 'delivered')) return false;
  return eventTypes.some((filter) => filterMatches(filter, eventType));
}

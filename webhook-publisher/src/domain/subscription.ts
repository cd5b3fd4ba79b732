import {
  type DisabledReason,
  type EventTypeFilter,
  filterMatches,
  type Ordering,
  type WebhookEventType,
  type WebhookView,
} from '@holdfast/contracts';

export interface Subscription {
  id: string;
  /** Whose it is, and as what: an operator's gets everyone's events. */
  clientId: string;
  role: 'client' | 'operator';
  url: string;
  description: string;
  eventTypes: readonly EventTypeFilter[];
  ordering: Ordering;
  maxPerSecond: number | null;
  enabled: boolean;
  disabledReason: DisabledReason | null;
  /** Unix milliseconds, as all times here. */
  failingSince: number | null;
  heldUntil: number | null;
  createdAt: number;
  updatedAt: number;
  version: number;
}

/** Whether a subscription gets an event. `owner` is the client that the event is about, null where it is about none. */
export function receives(
  subscription: Pick<Subscription, 'role' | 'clientId' | 'eventTypes'>,
  type: WebhookEventType,
  owner: string | null,
): boolean {
  if (subscription.role !== 'operator' && subscription.clientId !== owner) return false;
  return subscription.eventTypes.some((filter) => filterMatches(filter, type));
}

/** The subscription as callers see it, field by field: what is stored beside it, secrets among it, has no way out. */
export function viewOf(subscription: Subscription): WebhookView {
  const { id, clientId, url, description, enabled, disabledReason, ordering, maxPerSecond, version } = subscription;
  return {
    id,
    clientId,
    url,
    eventTypes: [...subscription.eventTypes],
    description,
    enabled,
    disabledReason,
    ordering,
    maxPerSecond,
    failingSince: isoOrNull(subscription.failingSince),
    heldUntil: isoOrNull(subscription.heldUntil),
    createdAt: new Date(subscription.createdAt).toISOString(),
    updatedAt: new Date(subscription.updatedAt).toISOString(),
    version,
  };
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

import { createHash } from 'node:crypto';
import { type CreateWebhook, type EventTypeFilter } from '@holdfast/contracts';
import { idOfRequest } from './request-id.js';
import { type Subscription } from './subscription.js';

/** A new subscription. Its id is that of the request which asked for it. */
export function newSubscription(request: CreateWebhook, messageId: string, now: number): Subscription {
  const { caller, url, description = '', enabled = true, ordering = 'per-subject', maxPerSecond = null } = request;
  return {
    id: idOfRequest(messageId),
    clientId: caller.clientId,
    role: caller.role,
    url,
    description,
    eventTypes: withoutRepeats(request.eventTypes),
    ordering,
    maxPerSecond,
    enabled,
    disabledReason: enabled ? null : 'REQUESTED',
    failingSince: null,
    heldUntil: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

export const withoutRepeats = (filters: readonly EventTypeFilter[]): EventTypeFilter[] => [...new Set(filters)];

/** Tells whether two requests with the same idempotency key ask for the same. */
export function fingerprintOf(subscription: Subscription): string {
  const { role, url, description, eventTypes, ordering, maxPerSecond, enabled } = subscription;
  return createHash('sha256')
    .update(JSON.stringify([role, url, description, eventTypes, ordering, maxPerSecond, enabled]))
    .digest('base64url');
}

/** What only operators are told, because it is about no client. */
const OPERATORS_ONLY: readonly EventTypeFilter[] = ['product.stockAdjusted', 'product.stockLow'];

/** The event types that a subscription names and would never get. A group is no such claim: it means what there is. */
export const deniedTypes = ({ role, eventTypes }: Pick<Subscription, 'role' | 'eventTypes'>): EventTypeFilter[] =>
  role === 'operator' ? [] : eventTypes.filter((filter) => OPERATORS_ONLY.includes(filter));

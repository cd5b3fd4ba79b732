import { type DisabledReason, type EventTypeFilter, type Ordering } from '@holdfast/contracts';
import { type StoredSubscription } from '../app/ports.js';

/** A row of `subscriptions`, columns in camel case. */
export interface SubscriptionRow extends Omit<StoredSubscription, 'eventTypes' | 'enabled'> {
  eventTypes: string;
  enabled: number;
  ordering: Ordering;
  disabledReason: DisabledReason | null;
}

/** What to select for a {@link SubscriptionRow}. */
export const SUBSCRIPTION_COLUMNS = `
  id, client_id AS "clientId", role, url, description, event_types AS "eventTypes", ordering,
  max_per_second AS "maxPerSecond", enabled, disabled_reason AS "disabledReason", secret,
  previous_secret AS "previousSecret",
  previous_secret_until AS "previousSecretUntil", failing_since AS "failingSince", held_until AS "heldUntil",
  created_at AS "createdAt", updated_at AS "updatedAt", version`;

export function subscriptionOf({ eventTypes, enabled, ...row }: SubscriptionRow): StoredSubscription {
  return { ...row, eventTypes: JSON.parse(eventTypes) as EventTypeFilter[], enabled: enabled === 1 };
}

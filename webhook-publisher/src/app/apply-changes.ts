import { type Transaction } from '@holdfast/platform';
import { endsWaiting, type OwnerChanges } from '../domain/subscription-changes.js';
import { type HeldDeliveries } from './owner.ports.js';
import { type StoredSubscription, type SubscriptionRepository } from './ports.js';

/** Stores what an owner changes; where that ends a time of waiting, what is held goes out. */
export async function applyChanges(
  tx: Transaction,
  { subscriptions, held }: { subscriptions: SubscriptionRepository; held: HeldDeliveries },
  subscription: StoredSubscription,
  changes: OwnerChanges,
  now: number,
): Promise<StoredSubscription> {
  if (Object.keys(changes).length === 0) return subscription;
  await subscriptions.change(tx, subscription.id, changes, now);
  if (changes.ordering === 'none') await held.endTurns(tx, subscription.id, now);
  if (endsWaiting(changes)) await held.makeDue(tx, subscription.id, now);
  return { ...subscription, ...changes, updatedAt: now, version: subscription.version + 1 };
}

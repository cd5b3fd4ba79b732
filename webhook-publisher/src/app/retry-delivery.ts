import {
  accepted,
  type DeliveryView,
  type Reply,
  type RetryDelivery as RetryDeliveryCommand,
  refused,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { type AnswerOnce, askedFor } from './answer-once.js';
import { deliveryViewOf } from './delivery-view.js';
import { actOf, noDelivery, ownSubscription } from './own-subscription.js';
import { type AuditTrail, type DeliveryLookup } from './owner.ports.js';
import { type Clock, type DeliveryRepository, type SubscriptionRepository } from './ports.js';

export interface RetryDeliveryParts {
  subscriptions: SubscriptionRepository;
  lookup: DeliveryLookup;
  deliveries: DeliveryRepository;
  audit: AuditTrail;
  once: AnswerOnce;
  clock: Pick<Clock, 'now'>;
}

/**
 * Has a finished delivery sent again, in the caller's transaction; while its subscription is disabled it is held like any
 * other. A test is not: what it said of the endpoint was true then, and another one says what is true now.
 */
export class RetryDelivery {
  constructor(private readonly parts: RetryDeliveryParts) {}

  execute(tx: Transaction, request: RetryDeliveryCommand, origin: MessageOrigin): Promise<Reply<DeliveryView>> {
    const asked = askedFor('retry', request, origin);
    return this.parts.once.execute(tx, asked, () => this.retry(tx, request, origin));
  }

  private async retry(
    tx: Transaction,
    { caller, deliveryId }: RetryDeliveryCommand,
    origin: MessageOrigin,
  ): Promise<Reply<DeliveryView>> {
    const { subscriptions, lookup, deliveries, audit, clock } = this.parts;
    const found = await lookup.find(tx, deliveryId);
    const subscription = found && (await ownSubscription(tx, subscriptions, caller, found.subscriptionId));
    if (!subscription) return noDelivery(deliveryId);
    const act = actOf('retry', caller, subscription.id, origin);
    // As it is now that its subscription is locked: it may have been sent in this instant.
    const delivery = await lookup.find(tx, deliveryId);
    if (!delivery) return noDelivery(deliveryId);
    if (await audit.find(tx, act)) return accepted(deliveryViewOf(delivery));
    if (delivery.eventType === 'webhook.test') {
      return refused('VALIDATION_FAILED', 'deliveryId: is a test; POST /webhooks/{id}/test sends another.');
    }
    if (delivery.finishedAt === null) {
      return refused('DELIVERY_PENDING', `Delivery ${deliveryId} has an attempt before it already.`);
    }
    const now = clock.now();
    // From the look above until here only pruning can have come between.
    if ((await deliveries.requeue(tx, [deliveryId], now)) === 0) return noDelivery(deliveryId);
    await audit.enter(tx, act, { deliveryId, status: delivery.status }, now);
    return accepted(deliveryViewOf((await lookup.find(tx, deliveryId)) ?? delivery));
  }
}

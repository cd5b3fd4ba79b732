import { type MessageData } from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { type ArrivingType, concernOf, eventIdOf } from '../../domain/event.js';
import { type Clock, type DeliveryRepository, type SubscriptionDirectory } from '../ports.js';

/** Stores, in the caller's transaction, one delivery of an event for each subscription that gets it. */
export class PrepareDeliveries {
  constructor(
    private readonly directory: SubscriptionDirectory,
    private readonly deliveries: DeliveryRepository,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @returns the ids of the subscriptions that have something to send. */
  async execute<T extends ArrivingType>(
    tx: Transaction,
    type: T,
    data: MessageData<T>,
    origin: MessageOrigin,
  ): Promise<string[]> {
    const { subject, owner } = concernOf(type, data);
    const receivers = await this.directory.receiversOf(tx, type, owner);
    if (receivers.length === 0) return [];
    const { correlationId, occurredAt } = origin;
    const id = eventIdOf(origin.messageId);
    const event = { id, type, subject, owner, data: JSON.stringify(data), correlationId, occurredAt };
    await this.deliveries.prepare(tx, event, receivers, this.clock.now());
    return receivers.map((receiver) => receiver.id);
  }
}

import { accepted, type DeliveryDetail, type DeliveryRef, type Reply } from '@holdfast/contracts';
import { mayManage } from '../domain/ownership.js';
import { deliveryViewOf } from './delivery-view.js';
import { noDelivery } from './own-subscription.js';
import { type DeliveryReader, type SubscriptionReader } from './owner.ports.js';

/** One delivery with its attempts and what it says. */
export class ShowDelivery {
  constructor(
    private readonly deliveries: DeliveryReader,
    private readonly subscriptions: SubscriptionReader,
  ) {}

  async execute({ caller, deliveryId }: DeliveryRef): Promise<Reply<DeliveryDetail>> {
    const delivery = await this.deliveries.find(deliveryId);
    const subscription = delivery && (await this.subscriptions.find(delivery.subscriptionId));
    if (!subscription || !mayManage(caller, subscription)) return noDelivery(deliveryId);
    const [attempts, data] = await Promise.all([
      this.deliveries.attemptsOf(deliveryId),
      this.deliveries.dataOf(delivery.eventId),
    ]);
    return accepted({ ...deliveryViewOf(delivery), attempts, data });
  }
}

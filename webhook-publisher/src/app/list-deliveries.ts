import {
  accepted,
  beforeIdsOf,
  behindIdsOf,
  type DeliveryPage,
  type ListDeliveries as ListDeliveriesQuery,
  type Reply,
} from '@holdfast/contracts';
import { mayManage } from '../domain/ownership.js';
import { deliveryViewOf } from './delivery-view.js';
import { cursorAfter, idOf } from './id-cursor.js';
import { noWebhook } from './own-subscription.js';
import { type DeliveryReader, type SubscriptionReader } from './owner.ports.js';
import { badCursor, pageOf } from './page.js';

/** The deliveries of a subscription, newest first, page by page. */
export class ListDeliveries {
  constructor(
    private readonly deliveries: DeliveryReader,
    private readonly subscriptions: SubscriptionReader,
  ) {}

  /**
   * @returns the page, or VALIDATION_FAILED when the cursor is none that a page gave. Where what is wanted is rare a page
   * may have less than its limit, or nothing, and still a next one.
   */
  async execute(query: ListDeliveriesQuery): Promise<Reply<DeliveryPage>> {
    const { caller, webhookId, limit, cursor } = query;
    const subscription = await this.subscriptions.find(webhookId);
    if (!subscription || !mayManage(caller, subscription)) return noWebhook(webhookId);
    const before = cursor === undefined ? undefined : idOf(cursor);
    if (cursor !== undefined && before === undefined) return badCursor();
    const { deliveries, seenTo } = await this.deliveries.list(filterOf(query, before), limit + 1);
    const page = pageOf(deliveries, limit, deliveryViewOf);
    return accepted({ ...page, nextCursor: page.nextCursor ?? (seenTo === undefined ? null : cursorAfter(seenTo)) });
  }
}

function filterOf({ webhookId, status, eventType, from, to }: ListDeliveriesQuery, before: string | undefined) {
  // Ids sort as texts: the page ends at the range's end or at the cursor, whichever comes first.
  const [beforeId] = [before, to && behindIdsOf(Date.parse(to))].filter((bound) => bound !== undefined).sort();
  return {
    subscriptionId: webhookId,
    status,
    eventType,
    afterId: from && beforeIdsOf(Date.parse(from)),
    beforeId,
  };
}

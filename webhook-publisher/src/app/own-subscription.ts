import { type Caller, type Refusal, type Reply, refused } from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { mayManage } from '../domain/ownership.js';
import { idOfRequest } from '../domain/request-id.js';
import { type Act, type Action } from './owner.ports.js';
import { type StoredSubscription, type SubscriptionRepository } from './ports.js';

/** Somebody else's is as absent as one that never was, so that ids cannot be probed. */
export const noWebhook = <T>(id: string): Reply<T> => refused('WEBHOOK_NOT_FOUND', `There is no webhook ${id}.`);

export const noDelivery = <T>(id: string): Reply<T> => refused('DELIVERY_NOT_FOUND', `There is no delivery ${id}.`);

/** The subscription, where the caller may change it. */
export async function ownSubscription(
  tx: Transaction,
  subscriptions: SubscriptionRepository,
  caller: Caller,
  id: string,
): Promise<StoredSubscription | undefined> {
  const subscription = await subscriptions.find(tx, id);
  return subscription && mayManage(caller, subscription) ? subscription : undefined;
}

/** Why a change is not made of a subscription that is another one than the caller has seen; undefined where it is that. */
export const refusalOfVersion = (
  { version }: Pick<StoredSubscription, 'version'>,
  ifVersion: number | undefined,
): Refusal | undefined =>
  ifVersion === undefined || ifVersion === version
    ? undefined
    : { code: 'VERSION_MISMATCH', detail: `Its version is ${version}, not ${ifVersion}.` };

/** What a request does, known again by the request's id. */
export const actOf = (action: Action, caller: Caller, subscriptionId: string, origin: MessageOrigin): Act => ({
  id: idOfRequest(origin.messageId),
  caller,
  action,
  subscriptionId,
});

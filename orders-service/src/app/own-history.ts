import { type Caller, type Reply, refused } from '@holdfast/contracts';
import { type StreamEvent } from '@holdfast/messaging';
import { isVisibleTo } from '../domain/ownership.js';
import { type OrderHistory } from './history.ports.js';

/** The history of an order, where the caller may see it; every event of an order names its client. */
export async function ownHistory(
  history: OrderHistory,
  caller: Caller,
  orderId: string,
): Promise<readonly StreamEvent[] | undefined> {
  const events = await history.of(orderId);
  const owner = events[0]?.data.clientId;
  return typeof owner === 'string' && isVisibleTo(caller, { clientId: owner }) ? events : undefined;
}

/** Somebody else's is as absent as one that never was, so that ids cannot be probed. */
export const noOrder = <T>(orderId: string): Reply<T> => refused('ORDER_NOT_FOUND', `There is no order ${orderId}.`);

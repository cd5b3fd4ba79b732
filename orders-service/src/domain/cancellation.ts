import { type CancelOrder, type Refusal } from '@holdfast/contracts';
import { type Order } from './order.js';
import { canChange } from './order-status.js';
import { isVisibleTo } from './ownership.js';

/** What a request to cancel an order comes to. */
export type CancellationVerdict =
  | { kind: 'cancel'; order: Order }
  /** There is nothing left to do, and the caller has what it wants. */
  | { kind: 'cancelled-already'; order: Order }
  | { kind: 'refused'; refusal: Refusal };

/**
 * Decides on a request to cancel. An order that is CANCELLED answers it whatever version it names: whoever repeats a request
 * whose answer was lost names the version from before it. RFC 9110 section 13.1.1 allows success where a condition is false
 * because the change that is asked for has been made, and what is asked for here is that the order be CANCELLED.
 *
 * @param found the order that the request names, if there is one.
 */
export function judgeCancellation(
  found: Order | undefined,
  { caller, orderId, ifVersion }: CancelOrder,
): CancellationVerdict {
  // Somebody else's is as absent as one that never was, so that ids cannot be probed.
  if (!found || !isVisibleTo(caller, found)) return refusedBecause('ORDER_NOT_FOUND', `There is no order ${orderId}.`);
  if (found.status === 'CANCELLED') return { kind: 'cancelled-already', order: found };
  const possible = canChange(found.status, 'CANCELLED');
  // Before the version: RFC 9110 section 13.2.1 has conditions ignored where the request would fail without them.
  if (!possible) return refusedBecause('ORDER_NOT_CANCELLABLE', `The order is ${found.status}.`);
  if (ifVersion !== undefined && ifVersion !== found.version) {
    return refusedBecause('VERSION_MISMATCH', `The order is at version ${found.version}, not ${ifVersion}.`);
  }
  return { kind: 'cancel', order: found };
}

/** The order as it is once it is cancelled. */
export const cancelled = (order: Order, requestId: string, now: number): Order => ({
  ...order,
  status: 'CANCELLED',
  cancelledBy: requestId,
  updatedAt: now,
  version: order.version + 1,
});

const refusedBecause = (code: Refusal['code'], detail: string): CancellationVerdict => ({
  kind: 'refused',
  refusal: { code, detail },
});

import { type OrderStatus } from '@holdfast/contracts';
import { type Order } from '../domain/order.js';

/** Which orders a list has; what is null filters nothing. */
export interface OrderFilter {
  clientId: string | null;
  status: OrderStatus | null;
  /** One line at least was ordered under one of these names ({@link productNameOf}). */
  productNames: readonly string[] | null;
  reference: string | null;
  /** When the order was placed, in Unix milliseconds; both included. */
  from: number | null;
  to: number | null;
}

/**
 * The place of an order among all, from the newest to the oldest. It is the time at which the order was stored that
 * counts: an id tells when the request was made, and a request that waited in its queue would come up in the middle of
 * what has been read already. The id only tells apart what was stored within one millisecond.
 */
export interface ListPosition {
  createdAt: number;
  id: string;
}

/** Lists of orders, newest first. */
export interface OrderLists {
  /**
   * The orders behind a position, or the newest ones. There may be fewer than `limit`, even none, where `next` says that
   * there is more to look at: what a page costs has a bound, whatever the filter.
   *
   * @param limit orders at most.
   * @returns `next` undefined at the end of the list.
   */
  page(
    filter: OrderFilter,
    after: ListPosition | undefined,
    limit: number,
  ): Promise<{ orders: Order[]; next: ListPosition | undefined }>;
}

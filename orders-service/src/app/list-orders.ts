import { accepted, type ListOrders as ListOrdersQuery, type OrderPage, type Reply, refused } from '@holdfast/contracts';
import { viewOf } from '../domain/order.js';
import { productNameOf } from '../domain/product-name.js';
import { cursorAfter, positionIn } from './order-cursor.js';
import { type OrderFilter, type OrderLists } from './order-lists.ports.js';

/**
 * Orders, newest first, page by page: a client's own, or everyone's for an operator. A page starts behind the last order
 * of the one before, so that whoever goes through the pages sees each order that was there at the start once, however
 * many arrive meanwhile.
 */
export class ListOrders {
  constructor(private readonly lists: OrderLists) {}

  /** @returns the page, FORBIDDEN for another client's orders, or VALIDATION_FAILED for a cursor of other filters. */
  async execute(query: ListOrdersQuery): Promise<Reply<OrderPage>> {
    const { caller, clientId, limit, cursor } = query;
    if (caller.role !== 'operator' && clientId !== undefined && clientId !== caller.clientId) {
      return refused('FORBIDDEN', 'Only operators list the orders of other clients.');
    }
    const filter = filterOf(query);
    const after = cursor === undefined ? undefined : positionIn(cursor, filter);
    if (cursor !== undefined && after === undefined) {
      return refused('VALIDATION_FAILED', 'cursor: must be the nextCursor of the page before, with the same filters');
    }
    const { orders, next } = await this.lists.page(filter, after, limit);
    return accepted({ data: orders.map(viewOf), nextCursor: next ? cursorAfter(next, filter) : null });
  }
}

function filterOf({ caller, clientId, status, productNames, reference, from, to }: ListOrdersQuery): OrderFilter {
  return {
    clientId: caller.role === 'operator' ? (clientId ?? null) : caller.clientId,
    status: status ?? null,
    productNames: productNames ? [...new Set(productNames.map(productNameOf))] : null,
    reference: reference ?? null,
    from: from === undefined ? null : Date.parse(from),
    to: to === undefined ? null : Date.parse(to),
  };
}

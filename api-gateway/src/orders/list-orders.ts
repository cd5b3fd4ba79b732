import { type Caller, newId, type OrderPage } from '@holdfast/contracts';
import { type Backend, type Origin } from '../backend.js';
import { ProblemError } from '../http/problem.js';
import { type OrderListQuery } from './order-list-query.js';

/** Lists orders. orders-service knows a product only by what its buyers called it; its other name is the catalogue's to say. */
export class ListOrders {
  constructor(private readonly backend: Pick<Backend, 'ask'>) {}

  /** @throws ProblemError as {@link Backend.ask} does. */
  async execute(caller: Caller, { productId, ...query }: OrderListQuery, origin: Origin): Promise<OrderPage> {
    const productNames = productId === undefined ? undefined : await this.namesOf(productId, origin);
    return this.backend.ask('orders.list', { caller, ...query, ...(productNames && { productNames }) }, origin);
  }

  private async namesOf(productId: string, origin: Origin): Promise<string[]> {
    try {
      const product = await this.backend.ask('product.get', { productId }, { ...origin, requestId: newId() });
      return [product.id, product.sku];
    } catch (error) {
      // Orders that were rejected because of that are found by the name that they gave.
      if (error instanceof ProblemError && error.code === 'PRODUCT_NOT_FOUND') return [productId];
      throw error;
    }
  }
}

import {
  accepted,
  type GetProduct as GetProductQuery,
  type ProductView,
  type Reply,
  refused,
} from '@holdfast/contracts';
import { productKey, viewOf } from '../domain/product.js';
import { type ProductReader } from './ports.js';

/** One product, by id or sku. */
export class GetProduct {
  constructor(private readonly products: ProductReader) {}

  /** @returns the product, or PRODUCT_NOT_FOUND. */
  async execute({ productId }: GetProductQuery): Promise<Reply<ProductView>> {
    const product = await this.products.find(productKey(productId));
    return product ? accepted(viewOf(product)) : refused('PRODUCT_NOT_FOUND', `There is no product ${productId}.`);
  }
}

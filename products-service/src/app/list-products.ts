import {
  accepted,
  type ListProducts as ListProductsQuery,
  type ProductPage,
  type Reply,
  refused,
} from '@holdfast/contracts';
import { viewOf } from '../domain/product.js';
import { type ProductReader } from './ports.js';
import { cursorAfter, skuOf } from './product-cursor.js';

/** The catalogue in order of sku, page by page; a page starts behind the last sku of the one before, whatever came since. */
export class ListProducts {
  constructor(private readonly products: ProductReader) {}

  /** @returns the page, or VALIDATION_FAILED when the cursor is none that a page gave. */
  async execute({ limit, cursor }: ListProductsQuery): Promise<Reply<ProductPage>> {
    const after = cursor === undefined ? undefined : skuOf(cursor);
    if (cursor !== undefined && after === undefined) {
      return refused('VALIDATION_FAILED', 'cursor: must be the nextCursor of the page before');
    }
    // One more than asked for tells whether there is a next page.
    const found = await this.products.listAfter(after, limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = last && found.length > limit ? cursorAfter(last.sku) : null;
    return accepted({ data: page.map(viewOf), nextCursor });
  }
}

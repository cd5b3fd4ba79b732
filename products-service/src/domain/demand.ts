import { type Product } from './product.js';

/** What a reservation needs to know of a product, read in the transaction that reserves. */
export type Offer = Pick<Product, 'id' | 'sku' | 'name' | 'price' | 'available'>;

/** So many units of one product. */
export interface Demand {
  offer: Offer;
  quantity: number;
}

/** So many units of one product that an order holds. */
export interface HeldLine {
  productId: string;
  quantity: number;
}

/**
 * All that an order wants, one demand per product: two lines of 3 must not pass where 4 are left. They come in order of
 * product id, because orders that take several products in different orders could wait for each other.
 */
export function summedByProduct(wanted: readonly Demand[]): Demand[] {
  const byProduct = new Map<string, Demand>();
  for (const { offer, quantity } of wanted) {
    const before = byProduct.get(offer.id)?.quantity ?? 0;
    byProduct.set(offer.id, { offer, quantity: before + quantity });
  }
  return [...byProduct.values()].sort((a, b) => (a.offer.id < b.offer.id ? -1 : 1));
}

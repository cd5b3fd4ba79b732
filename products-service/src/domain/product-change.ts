import { type ProductChanges } from '@holdfast/contracts';
import { type Product } from './product.js';

/**
 * The product with what an operator asks to have changed.
 *
 * @returns the product itself when it is so already: what changes nothing is no change, and no version.
 */
export function changedProduct(product: Product, changes: ProductChanges, now: number): Product {
  const { name = product.name, price = product.price, lowStockThreshold = product.lowStockThreshold } = changes;
  const { amount, currency } = product.price;
  const isSo =
    name === product.name &&
    price.amount === amount &&
    price.currency === currency &&
    lowStockThreshold === product.lowStockThreshold;
  if (isSo) return product;
  return {
    ...product,
    ...{ name, price, lowStockThreshold },
    updatedAt: now,
    version: product.version + 1,
    catalogueVersion: product.catalogueVersion + 1,
  };
}

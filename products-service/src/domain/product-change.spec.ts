import { type ProductChanges } from '@holdfast/contracts';
import { newProduct, type Product } from './product.js';
import { changedProduct } from './product-change.js';

const EUR = (amount: number) => ({ amount, currency: 'EUR' });
const product: Product = {
  ...newProduct({ sku: 'MUG', name: 'Mug', price: EUR(1_250), stock: 5, lowStockThreshold: 2 }, 1_000),
  reserved: 3,
  version: 9,
  catalogueVersion: 4,
};

describe('a change of a product', () => {
  it.each<[ProductChanges, Partial<Product>]>([
    [{ name: 'Cup' }, { name: 'Cup' }],
    [{ price: EUR(1) }, { price: EUR(1) }],
    [{ price: { amount: 1_250, currency: 'USD' } }, { price: { amount: 1_250, currency: 'USD' } }],
    [{ lowStockThreshold: 0 }, { lowStockThreshold: 0 }],
    [{ lowStockThreshold: null }, { lowStockThreshold: null }],
    [{ name: 'Mug', price: EUR(1) }, { price: EUR(1) }],
  ])('of %j changes that, and both versions', (changes, changed) => {
    const versions = { version: 10, catalogueVersion: 5, updatedAt: 2_000 };
    expect(changedProduct(product, changes, 2_000)).toEqual({ ...product, ...changed, ...versions });
  });

  it.each<ProductChanges>([
    {},
    { name: 'Mug' },
    { name: 'Mug', price: EUR(1_250), lowStockThreshold: 2 },
    { name: undefined, price: undefined },
  ])('to what it is already is none: %j', (changes) => {
    expect(changedProduct(product, changes, 2_000)).toBe(product);
  });
});

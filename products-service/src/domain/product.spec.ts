import { newId, productViewSchema } from '@holdfast/contracts';
import { fingerprintOf, newProduct, productKey, viewOf } from './product.js';

const request = { sku: 'MUG-BLUE', name: 'Blue mug', price: { amount: 1_250, currency: 'EUR' }, stock: 5 };

describe('a new product', () => {
  it('is shown as the contract says, with all of its stock for sale', () => {
    const view = viewOf(newProduct(request, Date.UTC(2026, 0, 1)));
    expect(productViewSchema.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      sku: 'MUG-BLUE',
      stock: { onHand: 5, reserved: 0, available: 5 },
      supplierId: null,
      lowStockThreshold: null,
      createdAt: '2026-01-01T00:00:00.000Z',
      version: 1,
      catalogueVersion: 1,
    });
  });

  it('counts what is reserved as on hand', () => {
    const product = { ...newProduct(request, 0), available: 2, reserved: 3 };
    expect(viewOf(product).stock).toEqual({ onHand: 5, reserved: 3, available: 2 });
  });
});

describe('the fingerprint of a description', () => {
  it('is that of the same data in whatever order, and of absent fields in whatever form', () => {
    const { sku, ...rest } = request;
    expect(fingerprintOf({ ...rest, supplierId: undefined, sku })).toBe(fingerprintOf(request));
  });

  it.each([
    { sku: 'MUG' },
    { name: 'Blue' },
    { price: { amount: 1_251, currency: 'EUR' } },
    { price: { amount: 1_250, currency: 'USD' } },
    { stock: 6 },
    { supplierId: 'acme' },
    { lowStockThreshold: 0 },
  ])('is another one with %j', (change) => {
    expect(fingerprintOf({ ...request, ...change })).not.toBe(fingerprintOf(request));
  });
});

describe('what a buyer calls a product', () => {
  const id = newId();

  it.each([
    ['an id', id, { id }],
    ['an id in upper case', id.toUpperCase(), { id }],
    ['a sku', 'MUG-BLUE', { sku: 'MUG-BLUE' }],
    ['a sku in lower case, which is another one', 'mug-blue', { sku: 'mug-blue' }],
    ['a sku that begins like an id', id.slice(0, 23), { sku: id.slice(0, 23) }],
  ])('%s', (_name, ref, key) => {
    expect(productKey(ref)).toEqual(key);
  });
});

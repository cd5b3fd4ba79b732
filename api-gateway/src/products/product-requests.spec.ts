import { ProblemError } from '../http/problem.js';
import { productChangesOf, productInputOf, productsQueryOf } from './product-requests.js';

const body = (overrides: object = {}) => ({
  sku: 'lamp',
  name: 'Lamp',
  price: { amount: 1_250, currency: 'EUR' },
  stock: 10,
  ...overrides,
});

function placesOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ProblemError)
      return (error.extras.faults ?? []).map(({ pointer, query }) => String(pointer ?? query));
    throw error;
  }
  throw new Error('it was taken');
}

describe('productInputOf', () => {
  it('takes a product', () =>
    expect(productInputOf(body({ supplierId: 'acme' }))).toEqual(body({ supplierId: 'acme' })));

  it.each([
    [{ sku: '0198b3c0-0000-7000-8000-000000000000' }, '/sku'],
    [{ sku: 'a b' }, '/sku'],
    [{ name: ' ' }, '/name'],
    [{ price: 12.5 }, '/price'],
    [{ price: { amount: 12.5, currency: 'EUR' } }, '/price/amount'],
    [{ price: { amount: '12', currency: 'EUR' } }, '/price/amount'],
    [{ price: { amount: 1_000_000_001, currency: 'EUR' } }, '/price/amount'],
    [{ price: { amount: 1, currency: 'euro' } }, '/price/currency'],
    [{ price: { amount: 1, currency: 'EUR', tax: 1 } }, '/price/tax'],
    [{ stock: -1 }, '/stock'],
    [{ stock: undefined }, '/stock'],
    [{ lowStockThreshold: 'few' }, '/lowStockThreshold'],
    [{ available: 1 }, '/available'],
    [{ caller: { role: 'operator', clientId: 'x' } }, '/caller'],
    [{ idempotencyKey: 'k' }, '/idempotencyKey'],
    [{ sku: 'import' }, '/sku'],
  ])('refuses %j', (overrides, pointer) => expect(placesOf(() => productInputOf(body(overrides)))).toEqual([pointer]));
});

describe('productChangesOf', () => {
  it.each([
    [{ name: 'Lamp' }],
    [{ price: { amount: 0, currency: 'USD' } }],
    [{ lowStockThreshold: 0 }],
    [{ lowStockThreshold: null }],
  ])('takes %j', (changes) => expect(productChangesOf(changes)).toEqual(changes));

  it.each([
    [{}, ''],
    [null, ''],
    [[], ''],
    [{ name: '' }, '/name'],
    [{ name: null }, '/name'],
    [{ price: null }, '/price'],
    [{ price: { amount: 1 } }, '/price/currency'],
    [{ price: { amount: 1, currency: 'EUR', tax: 1 } }, '/price/tax'],
    [{ lowStockThreshold: -1 }, '/lowStockThreshold'],
    [{ lowStockThreshold: '3' }, '/lowStockThreshold'],
    [{ stock: 5 }, '/stock'],
    [{ sku: 'mug' }, '/sku'],
    [{ supplierId: 'acme' }, '/supplierId'],
    [{ name: 'Lamp', version: 3 }, '/version'],
    [{ name: 'Lamp', caller: {} }, '/caller'],
  ])('refuses %j', (changes, pointer) => expect(placesOf(() => productChangesOf(changes))).toEqual([pointer]));
});

describe('productsQueryOf', () => {
  it.each([
    [{}, { limit: 50 }],
    [{ limit: '1' }, { limit: 1 }],
    [
      { limit: '100', cursor: 'abc' },
      { limit: 100, cursor: 'abc' },
    ],
  ])('reads %j', (query, read) => expect(productsQueryOf(query)).toEqual(read));

  it.each([
    [{ limit: '0' }, 'limit'],
    [{ limit: '101' }, 'limit'],
    [{ limit: '1.5' }, 'limit'],
    [{ limit: '1e1' }, 'limit'],
    [{ limit: '-1' }, 'limit'],
    [{ limit: '' }, 'limit'],
    [{ limit: ['1', '2'] }, 'limit'],
    [{ cursor: '' }, 'cursor'],
    [{ cursor: 'x'.repeat(201) }, 'cursor'],
    [{ page: '2' }, 'page'],
  ])('refuses %j', (query, name) => expect(placesOf(() => productsQueryOf(query))).toEqual([name]));
});

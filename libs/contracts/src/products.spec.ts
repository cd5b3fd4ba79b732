import { newId } from './ids.js';
import {
  changeProductSchema,
  createProductSchema,
  getProductSchema,
  importProductSchema,
  listMovementsSchema,
  listProductsSchema,
  priceSchema,
  productNameSchema,
  reserveStockSchema,
  skuSchema,
  stockReservedSchema,
  stockSchema,
} from './products.js';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

describe('a sku', () => {
  it.each<[unknown, boolean]>([
    ['mug', true],
    ['MUG-0.5_l', true],
    ['s'.repeat(64), true],
    ['s'.repeat(65), false],
    ['', false],
    ['mug cup', false],
    [newId(), false],
    [newId().toUpperCase(), false],
    ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', false],
    ['import', false],
    ['imports', true],
    [5, false],
  ])('%j is one: %s', (value, is) => {
    expect(accepts(skuSchema, value)).toBe(is);
  });
});

describe("a product's name", () => {
  it.each<[unknown, boolean]>([
    ['Mug', true],
    ['Tasse à café ☕', true],
    ['n'.repeat(200), true],
    ['n'.repeat(201), false],
    ['', false],
    ['   ', false],
    ['two\nlines', false],
    ['\u001b[2J', false],
    [null, false],
  ])('%j is one: %s', (value, is) => {
    expect(accepts(productNameSchema, value)).toBe(is);
  });

  it('has no blanks around it', () => {
    expect(productNameSchema.parse('  Mug ')).toBe('Mug');
  });
});

describe('a price', () => {
  it.each<[string, boolean]>([
    ['0', true],
    ['1000000000', true],
    ['1000000001', false],
    ['-1', false],
    ['12.50', false],
    ['1e309', false],
    ['"1250"', false],
  ])('of %s is one: %s', (json, is) => {
    expect(accepts(priceSchema, { amount: JSON.parse(json), currency: 'EUR' })).toBe(is);
  });
});

describe('a stock', () => {
  it.each<[string, boolean]>([
    ['0', true],
    ['1000000000', true],
    ['1000000001', false],
    ['2147483648', false],
    ['-1', false],
    ['0.5', false],
    ['1e309', false],
    ['"10"', false],
    ['null', false],
  ])('of %s is one: %s', (json, is) => {
    expect(accepts(stockSchema, JSON.parse(json))).toBe(is);
  });
});

const caller = { role: 'operator', clientId: 'ops' };
const description = { sku: 'mug', name: 'Mug', price: { amount: 1_250, currency: 'EUR' }, stock: 10 };

describe('product.create', () => {
  const command = { caller, ...description };

  it.each<[string, unknown, boolean]>([
    ['the least there may be', command, true],
    ['everything', { ...command, supplierId: 'acme', lowStockThreshold: 3, idempotencyKey: 'k' }, true],
    ['nobody who asks', description, false],
    ['a key with a blank', { ...command, idempotencyKey: 'a b' }, false],
    ['no stock', { ...command, stock: undefined }, false],
    ['no price', { ...command, price: undefined }, false],
    ['a price that is a number', { ...command, price: 12.5 }, false],
    ['a supplier with a blank', { ...command, supplierId: 'acme inc' }, false],
    ['a threshold below zero', { ...command, lowStockThreshold: -1 }, false],
    ['a text', 'mug', false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(createProductSchema, value)).toBe(is);
  });
});

describe('product.import', () => {
  it.each<[string, unknown, boolean]>([
    ['a line', { caller, ...description }, true],
    ['nobody who asks', description, false],
    ['no stock', { caller, ...description, stock: undefined }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(importProductSchema, value)).toBe(is);
  });
});

describe('product.change', () => {
  const command = { caller, productId: 'mug', changes: { name: 'Cup' } };

  it.each<[string, unknown, boolean]>([
    ['a name', command, true],
    ['everything', { ...command, changes: { ...description, lowStockThreshold: 0 }, ifVersion: 3 }, true],
    ['no threshold any more', { ...command, changes: { lowStockThreshold: null } }, true],
    ['no name any more', { ...command, changes: { name: null } }, false],
    ['half a price', { ...command, changes: { price: { amount: 1 } } }, false],
    ['a threshold below zero', { ...command, changes: { lowStockThreshold: -1 } }, false],
    ['a version that none has', { ...command, ifVersion: 0 }, false],
    ['nobody who asks', { ...command, caller: undefined }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(changeProductSchema, value)).toBe(is);
  });

  it('drops what cannot be changed', () => {
    const changes = { name: 'Cup', stock: 5, sku: 'cup' };
    expect(changeProductSchema.parse({ ...command, changes }).changes).toEqual({ name: 'Cup' });
  });
});

describe('queries for products', () => {
  it.each<[unknown, boolean]>([
    [{ productId: 'mug' }, true],
    [{ productId: newId() }, true],
    [{ productId: 'a b' }, false],
    [{}, false],
  ])('product.get %j -> %s', (value, is) => {
    expect(accepts(getProductSchema, value)).toBe(is);
  });

  it.each<[unknown, boolean]>([
    [{ limit: 1 }, true],
    [{ limit: 100, cursor: 'bXVn' }, true],
    [{ limit: 0 }, false],
    [{ limit: 101 }, false],
    [{ limit: 2.5 }, false],
    [{ limit: '10' }, false],
    [{ limit: 10, cursor: '' }, false],
    [{ limit: 10, cursor: 'c'.repeat(201) }, false],
    [{}, false],
  ])('product.list %j -> %s', (value, is) => {
    expect(accepts(listProductsSchema, value)).toBe(is);
  });
});

const reservation = { orderId: newId(), clientId: 'shop', idempotencyKey: 'shop:k' };

describe('product.movements', () => {
  const query = { caller, productId: 'mug', limit: 50 };

  it.each<[unknown, boolean]>([
    [query, true],
    [{ ...query, cursor: 'NDcxMQ' }, true],
    [{ ...query, caller: undefined }, false],
    [{ ...query, limit: 101 }, false],
    [{ ...query, productId: 'a b' }, false],
  ])('%j -> %s', (value, is) => {
    expect(accepts(listMovementsSchema, value)).toBe(is);
  });
});

describe('product.reserveStock', () => {
  const command = { ...reservation, items: [{ productId: 'mug', quantity: 2 }] };

  it.each<[string, unknown, boolean]>([
    ['a command', command, true],
    ['no lines', { ...command, items: [] }, false],
    ['no key', { ...command, idempotencyKey: '' }, false],
    ['a key far too long', { ...command, idempotencyKey: 'k'.repeat(401) }, false],
    ['an order id that is none', { ...command, orderId: 'o-1' }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(reserveStockSchema, value)).toBe(is);
  });
});

describe('product.stockReserved', () => {
  const money = { amount: 2_500, currency: 'EUR' };
  const sold = {
    productId: newId(),
    sku: 'mug',
    name: 'Mug',
    quantity: 2,
    unitPrice: { amount: 1_250, currency: 'EUR' },
  };
  const reserved = { ...reservation, reserved: true, items: [sold], total: money };
  const refused = { ...reservation, reserved: false, reason: 'OUT_OF_STOCK', detail: 'none is left' };

  it.each<[string, unknown, boolean]>([
    ['reserved', reserved, true],
    ['refused', refused, true],
    ['reserved without its lines', { ...reserved, items: [] }, false],
    ['reserved without its total', { ...reserved, total: undefined }, false],
    ['a line that still has the name the buyer used', { ...reserved, items: [{ ...sold, productId: 'mug' }] }, false],
    ['refused for no reason', { ...refused, reason: undefined }, false],
    ['refused for an unknown reason', { ...refused, reason: 'RAIN' }, false],
    ['neither', { ...refused, reserved: undefined }, false],
    ['reserved as a text', { ...reserved, reserved: 'true' }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(stockReservedSchema, value)).toBe(is);
  });
});

import { newId } from './ids.js';
import {
  adjustmentReasonSchema,
  adjustStockSchema,
  releaseStockSchema,
  stockAdjustedSchema,
  stockLowSchema,
  stockReleasedSchema,
} from './products.js';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

const reservation = { orderId: newId(), clientId: 'shop', idempotencyKey: 'shop:k' };

describe('product.releaseStock', () => {
  it.each<[string, unknown, boolean]>([
    ['a command', reservation, true],
    ['no key', { ...reservation, idempotencyKey: undefined }, false],
    ['an order id that is none', { ...reservation, orderId: '__proto__' }, false],
    ['no client', { ...reservation, clientId: undefined }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(releaseStockSchema, value)).toBe(is);
  });
});

describe('product.stockReleased', () => {
  const item = { productId: newId(), sku: 'mug', quantity: 2 };
  const event = { ...reservation, items: [item], releasedAt: '2026-01-05T09:45:00.000Z' };

  it.each<[string, unknown, boolean]>([
    ['stock given back', event, true],
    ['an order that held nothing', { ...event, items: [] }, true],
    ['nothing of a product', { ...event, items: [{ ...item, quantity: 0 }] }, false],
    ['less than nothing of a product', { ...event, items: [{ ...item, quantity: -2 }] }, false],
    ['no list', { ...event, items: null }, false],
    ['no time', { ...event, releasedAt: undefined }, false],
    ['a time in milliseconds', { ...event, releasedAt: 1_767_606_300_000 }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(stockReleasedSchema, value)).toBe(is);
  });
});

describe('the reason of an adjustment', () => {
  it.each<[unknown, boolean]>([
    ['delivery 4711', true],
    ['Bruch im Lager – Zoë', true],
    ['r'.repeat(200), true],
    ['r'.repeat(201), false],
    ['', false],
    [' \t ', false],
    ['two\nlines', false],
    ['\u001b[31mred', false],
    ['\u0000', false],
    [7, false],
    [null, false],
  ])('%j is one: %s', (value, is) => {
    expect(accepts(adjustmentReasonSchema, value)).toBe(is);
  });
});

describe('product.adjustStock', () => {
  const command = { caller: { role: 'operator', clientId: 'ops' }, productId: 'mug', delta: 5, reason: 'delivery' };

  it.each<[string, boolean]>([
    ['1', true],
    ['-1', true],
    ['1000000000', true],
    ['-1000000000', true],
    ['1000000001', false],
    ['-1000000001', false],
    ['2147483648', false],
    ['0', false],
    ['-0', false],
    ['0.5', false],
    ['1e309', false],
    ['-1e309', false],
    ['"5"', false],
    ['[5]', false],
    ['true', false],
    ['null', false],
  ])('by %s is allowed: %s', (json, is) => {
    expect(accepts(adjustStockSchema, { ...command, delta: JSON.parse(json) })).toBe(is);
  });

  it.each<[string, unknown, boolean]>([
    ['everything', { ...command, idempotencyKey: 'k' }, true],
    ['a key with a blank', { ...command, idempotencyKey: 'a b' }, false],
    ['no reason', { ...command, reason: undefined }, false],
    ['no caller', { ...command, caller: undefined }, false],
    ['a product name with a blank', { ...command, productId: 'a b' }, false],
    ['a text', 'mug', false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(adjustStockSchema, value)).toBe(is);
  });
});

describe('events of a product', () => {
  const product = { productId: newId(), sku: 'mug', name: 'Mug' };
  const adjusted = {
    ...product,
    delta: -3,
    reason: 'broken',
    adjustedBy: 'ops',
    stock: { onHand: 7, reserved: 2, available: 5 },
    adjustedAt: '2026-01-05T10:00:00.000Z',
  };
  const low = { ...product, available: 0, threshold: 0, crossedAt: '2026-01-05T10:00:00.000Z' };

  it.each<[string, unknown, boolean]>([
    ['an adjustment', adjusted, true],
    ['a negative stock', { ...adjusted, stock: { ...adjusted.stock, available: -1 } }, false],
    ['half a unit', { ...adjusted, delta: 0.5 }, false],
    ['an adjustment beyond numbers', { ...adjusted, delta: JSON.parse('1e309') }, false],
    ['an adjustment by nobody', { ...adjusted, adjustedBy: null }, false],
  ])('product.stockAdjusted takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(stockAdjustedSchema, value)).toBe(is);
  });

  it.each<[string, unknown, boolean]>([
    ['a product that is sold out', low, true],
    ['no threshold', { ...low, threshold: null }, false],
    ['less than nothing', { ...low, available: -1 }, false],
    ['the sku in place of the id', { ...low, productId: 'mug' }, false],
  ])('product.stockLow takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(stockLowSchema, value)).toBe(is);
  });
});

import { newId } from './ids.js';
import {
  cancelOrderSchema,
  createOrderSchema,
  getOrderSchema,
  idempotencyKeySchema,
  MAX_ORDER_LINES,
  orderCancelledSchema,
  orderItemsSchema,
  productRefSchema,
  quantitySchema,
  referenceSchema,
} from './orders.js';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

const line = { productId: 'mug', quantity: 1 };

describe('a quantity', () => {
  it.each<[string, boolean]>([
    ['1', true],
    ['1.0', true],
    ['1e6', true],
    ['1000001', false],
    ['2147483648', false],
    ['9007199254740993', false],
    ['1e309', false],
    ['-1e309', false],
    ['0', false],
    ['-0', false],
    ['-1', false],
    ['1.5', false],
    ['1e-7', false],
    ['"1"', false],
    ['"one"', false],
    ['true', false],
    ['null', false],
    ['[1]', false],
    ['{"valueOf":1}', false],
  ])('of %s is one: %s', (json, is) => {
    expect(accepts(quantitySchema, JSON.parse(json))).toBe(is);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, new Number(1)])('is not %p', (value) => {
    expect(accepts(quantitySchema, value)).toBe(false);
  });
});

describe('the name of a product in an order', () => {
  it.each<[unknown, boolean]>([
    ['mug', true],
    [newId(), true],
    ['A.b_c-1', true],
    ['m'.repeat(64), true],
    ['m'.repeat(65), false],
    ['', false],
    [' mug', false],
    ['mug\n', false],
    ['mug\u0000', false],
    ['mug\u202E', false],
    ['tasse à café', false],
    ["mug'; DROP TABLE products; --", false],
    ['../../etc/passwd', false],
    ['__proto__', true],
    [7, false],
    [null, false],
    [['mug'], false],
  ])('%j is one: %s', (value, is) => {
    expect(accepts(productRefSchema, value)).toBe(is);
  });
});

describe('the lines of an order', () => {
  it.each<[string, unknown, boolean]>([
    ['one line', [line], true],
    ['the same product twice', [line, line], true],
    ['as many as allowed', Array(MAX_ORDER_LINES).fill(line), true],
    ['one too many', Array(MAX_ORDER_LINES + 1).fill(line), false],
    ['none', [], false],
    ['a hole', [line, null], false],
    ['an object that looks like a list', { 0: line, length: 1 }, false],
    ['a line without its product', [{ quantity: 1 }], false],
    ['a line without its quantity', [{ productId: 'mug' }], false],
    ['a text', 'mug', false],
    ['nothing', undefined, false],
  ])('with %s', (_name, value, is) => {
    expect(accepts(orderItemsSchema, value)).toBe(is);
  });
});

describe('an idempotency key', () => {
  it.each<[unknown, boolean]>([
    ['k', true],
    ['"quoted"', true],
    ['~!@#$%^&*()', true],
    ['k'.repeat(255), true],
    ['k'.repeat(256), false],
    ['', false],
    ['two words', false],
    ['tab\t', false],
    ['line\n', false],
    ['\u007f', false],
    ['ключ', false],
    ['k\u0000', false],
    [1, false],
    [null, false],
  ])('%j is one: %s', (value, is) => {
    expect(accepts(idempotencyKeySchema, value)).toBe(is);
  });
});

describe('a reference', () => {
  it.each<[unknown, boolean]>([
    ['R-1', true],
    ['Bestellung für Zoë 🎁', true],
    ['r'.repeat(200), true],
    ['r'.repeat(201), false],
    ['', false],
    ['two\nlines', false],
    ['\u001b[31mred', false],
    ['\u0000', false],
    ['\u0085', false],
    [12, false],
    [{}, false],
  ])('%j is one: %s', (value, is) => {
    expect(accepts(referenceSchema, value)).toBe(is);
  });
});

describe('orders.create', () => {
  const request = { clientId: 'shop', items: [line] };

  it.each<[string, unknown, boolean]>([
    ['the least there may be', request, true],
    ['everything', { ...request, idempotencyKey: 'k', reference: 'R-1' }, true],
    ['no client', { items: [line] }, false],
    ['no lines', { clientId: 'shop' }, false],
    ['a key that is null', { ...request, idempotencyKey: null }, false],
    ['a reference that is null', { ...request, reference: null }, false],
    ['a list', [request], false],
    ['a text', 'order', false],
    ['null', null, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(createOrderSchema, value)).toBe(is);
  });

  it('drops what it does not know, so that a newer publisher can be read', () => {
    expect(createOrderSchema.parse({ ...request, colour: 'red' })).toEqual(request);
  });

  it('does not let a message change the prototype of anything', () => {
    const text =
      '{"clientId":"shop","items":[{"productId":"mug","quantity":1,"__proto__":{"free":true}}],"__proto__":{}}';
    const parsed = createOrderSchema.parse(JSON.parse(text));
    expect(parsed).toEqual(request);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect('free' in (parsed.items[0] ?? {})).toBe(false);
  });
});

describe('orders.get', () => {
  it.each<[unknown, boolean]>([
    [{ caller: { role: 'client', clientId: 'shop' }, orderId: newId() }, true],
    [{ caller: { role: 'operator', clientId: 'ops' }, orderId: newId() }, true],
    [{ orderId: newId() }, false],
    [{ orderId: newId(), clientId: null }, false],
    [{ caller: { role: 'operator', clientId: 'ops' }, orderId: 'mug' }, false],
    [{ caller: { role: 'operator', clientId: 'ops' } }, false],
  ])('%j -> %s', (value, is) => {
    expect(accepts(getOrderSchema, value)).toBe(is);
  });
});

describe('orders.cancel', () => {
  const request = { caller: { role: 'client', clientId: 'shop' }, orderId: newId() };

  it.each<[string, unknown, boolean]>([
    ['the least there may be', request, true],
    ['the version that was seen', { ...request, ifVersion: 2 }, true],
    ['version 0', { ...request, ifVersion: 0 }, false],
    ['version -0', { ...request, ifVersion: -0 }, false],
    ['half a version', { ...request, ifVersion: 1.5 }, false],
    ['a version too large for a number', { ...request, ifVersion: JSON.parse('1e309') }, false],
    ['a version as a text', { ...request, ifVersion: '2' }, false],
    ['a version that is null', { ...request, ifVersion: null }, false],
    ['an order id that is none', { ...request, orderId: '__proto__' }, false],
    ['nobody', { orderId: request.orderId }, false],
    ['a client only', { ...request, caller: 'shop' }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(cancelOrderSchema, value)).toBe(is);
  });
});

describe('order.cancelled', () => {
  const event = {
    orderId: newId(),
    clientId: 'shop',
    idempotencyKey: 'shop:k',
    reference: null,
    status: 'CANCELLED',
    previousStatus: 'CONFIRMED',
    items: [{ ...line, sku: 'mug', name: 'Mug', unitPrice: { amount: 1_250, currency: 'EUR' } }],
    total: { amount: 1_250, currency: 'EUR' },
    cancelledAt: '2026-01-05T09:45:00.000Z',
  };

  it.each<[string, unknown, boolean]>([
    ['a confirmed order', event, true],
    ['an order that had no total yet', { ...event, previousStatus: 'PENDING', total: null }, true],
    ['an order that was rejected, where there is nothing to cancel', { ...event, previousStatus: 'REJECTED' }, false],
    ['an order that was cancelled before', { ...event, previousStatus: 'CANCELLED' }, false],
    ['another status', { ...event, status: 'CONFIRMED' }, false],
    ['no total', { ...event, total: undefined }, false],
    ['a total that is a number', { ...event, total: 12.5 }, false],
    ['a day instead of a time', { ...event, cancelledAt: '2026-01-05' }, false],
    ['a local time', { ...event, cancelledAt: '2026-01-05T09:45:00+01:00' }, false],
    [
      'a line whose stock was never reserved',
      { ...event, items: [{ ...line, sku: null, name: null, unitPrice: null }] },
      true,
    ],
    ['a line that says nothing of its product', { ...event, items: [line] }, false],
    ['no lines', { ...event, items: [] }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(orderCancelledSchema, value)).toBe(is);
  });
});

import { idSchema, newId, orderViewSchema } from '@holdfast/contracts';
import { fingerprintOf, newOrder, viewOf } from './order.js';

const request = { clientId: 'shop', items: [{ productId: 'mug', quantity: 2 }] };
const now = Date.UTC(2026, 0, 1);

describe('a new order', () => {
  it('takes the id of its request', () => {
    const requestId = newId();
    expect(newOrder(request, requestId, now).id).toBe(requestId);
  });

  it('makes one and the same UUID from a request id that is none', () => {
    const { id } = newOrder(request, 'published by hand', now);
    expect(idSchema.safeParse(id).success).toBe(true);
    expect(newOrder(request, 'published by hand', now + 1).id).toBe(id);
    expect(newOrder(request, 'another', now).id).not.toBe(id);
  });

  it("keeps two clients' equal keys apart, and falls back on its id", () => {
    const keyed = { ...request, idempotencyKey: 'k1' };
    expect(newOrder(keyed, newId(), now).idempotencyKey).toBe('shop:k1');
    expect(newOrder({ ...keyed, clientId: 'other' }, newId(), now).idempotencyKey).toBe('other:k1');
    const unkeyed = newOrder(request, newId(), now);
    expect(unkeyed.idempotencyKey).toBe(unkeyed.id);
  });

  it('is shown as the contract says', () => {
    const view = viewOf(newOrder({ ...request, reference: 'R-1' }, newId(), now));
    expect(orderViewSchema.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      clientId: 'shop',
      status: 'PENDING',
      reference: 'R-1',
      total: null,
      createdAt: '2026-01-01T00:00:00.000Z',
    });
  });
});

describe('the fingerprint of a request', () => {
  it.each([
    ['another quantity', { ...request, items: [{ productId: 'mug', quantity: 3 }] }],
    ['another product', { ...request, items: [{ productId: 'cup', quantity: 2 }] }],
    ['one more line', { ...request, items: [...request.items, { productId: 'cup', quantity: 1 }] }],
    ['a reference', { ...request, reference: 'R-1' }],
  ])('changes with %s', (_name, other) => {
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(request));
  });

  it('does not change with the key', () => {
    expect(fingerprintOf({ ...request, idempotencyKey: 'k1' })).toBe(fingerprintOf(request));
  });
});

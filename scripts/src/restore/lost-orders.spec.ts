import { requestOf } from './lost-orders.js';

const order = {
  orderId: '019abf2a-11d0-7b5e-9f43-0c6a7d2e8b15',
  clientId: 'shop',
  items: [{ productId: 'MUG', quantity: 2 }],
};

describe('the request that a lost order was made by', () => {
  it('has the key that the buyer gave, and the reference', () => {
    expect(requestOf({ ...order, idempotencyKey: 'shop:a:b', reference: 'R-1' })).toEqual({
      ...{ clientId: 'shop', items: order.items },
      ...{ idempotencyKey: 'a:b', reference: 'R-1' },
    });
  });

  it('has no key where the order was known by its id', () => {
    expect(requestOf({ ...order, idempotencyKey: order.orderId, reference: null })).toEqual({
      clientId: 'shop',
      items: order.items,
    });
  });
});

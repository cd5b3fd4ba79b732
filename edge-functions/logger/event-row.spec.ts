import { aCallback, ORDER_ID } from '../test/callbacks.js';
import { eventRowOf } from './event-row.ts';

const AT = '2026-01-05T09:30:01.000Z';
const rowOf = (type: string, data = {}) => eventRowOf(aCallback(type, data), AT);

describe('eventRowOf', () => {
  it('has every field of a confirmed order', () => {
    const callback = { ...aCallback('order.confirmed'), sequence: 3, previousEventId: 'before' };
    expect(eventRowOf(callback, AT)).toEqual({
      id: callback.id,
      type: 'order.confirmed',
      subject: `order/${ORDER_ID}`,
      sequence: 3,
      previous_event_id: 'before',
      order_id: ORDER_ID,
      client_id: 'shop',
      product_id: null,
      status: 'CONFIRMED',
      amount: 2500,
      currency: 'EUR',
      occurred_at: '2026-01-05T09:30:00.040Z',
      received_at: AT,
      payload: callback,
    });
  });

  it.each([
    ['order.created', {}, { status: 'PENDING', amount: null, currency: null }],
    ['order.rejected', {}, { status: 'REJECTED', amount: null }],
    ['order.cancelled', {}, { status: 'CANCELLED', amount: 2500 }],
    ['order.cancelled', { total: null }, { status: 'CANCELLED', amount: null, currency: null }],
    ['product.stockReserved', {}, { status: 'RESERVED', amount: 2500, order_id: ORDER_ID }],
    ['product.stockReserved', { reserved: false, total: undefined }, { status: 'REFUSED', amount: null }],
    ['product.stockReleased', {}, { status: null, order_id: ORDER_ID }],
    ['product.stockLow', {}, { order_id: null, client_id: null, product_id: '019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62' }],
    ['webhook.disabled', {}, { order_id: null, client_id: 'shop', status: null }],
  ])('of %s %j has %j', (type, data, expected) => expect(rowOf(type, data)).toMatchObject(expected));

  it('takes of an unknown type what it can read', () => {
    const data = { orderId: 7, status: ['x'], total: { amount: '1', currency: 'EUR' } };
    const expected = { order_id: null, status: null, amount: null, currency: 'EUR' };
    expect(rowOf('order.shipped', data)).toMatchObject(expected);
  });
});

import { callbackSchema, orderConfirmedSchema } from '@holdfast/contracts';
import { callbacks, orderConfirmed } from './order-confirmed.js';

const ENDPOINTS = ['http://127.0.0.1:1/', 'http://127.0.0.1:2/'].map((url) => ({ url, secret: '' }));

describe('what is delivered', () => {
  it('is an event as the contract has it, of an order of its own', () => {
    const event = orderConfirmed('bench-1');
    expect(orderConfirmedSchema.strict().parse(event)).toEqual(event);
    expect(orderConfirmed('bench-1').orderId).not.toBe(event.orderId);
  });

  it('is a callback as the contract has it, under the id in its body', () => {
    const [callback] = callbacks(1, ENDPOINTS);
    const body = JSON.parse(callback?.body ?? '');
    expect(callbackSchema.strict().parse(body)).toEqual(body);
    expect(body).toMatchObject({ id: callback?.id, type: 'order.confirmed' });
  });

  it('goes to the endpoints in turn, to each for its own client', () => {
    const sent = callbacks(3, ENDPOINTS).map(({ url, body }) => [url, JSON.parse(body).data.clientId]);
    expect(sent).toEqual([
      ['http://127.0.0.1:1/', 'bench-1'],
      ['http://127.0.0.1:2/', 'bench-2'],
      ['http://127.0.0.1:1/', 'bench-1'],
    ]);
  });
});

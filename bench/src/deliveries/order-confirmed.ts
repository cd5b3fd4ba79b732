import { uuidV7 } from '../uuid-v7.js';
import { Endpoint } from './endpoint.js';

/** A callback as a sender keeps it; it is signed when it is sent. */
export interface Callback {
  url: string;
  /** The `webhook-id`. */
  id: string;
  body: string;
}

/** The client whose orders an endpoint hears of. */
export const clientOf = (endpoint: number): string => `bench-${endpoint + 1}`;

/** Data of an `order.confirmed` event of one line, with an order of its own. */
export function orderConfirmed(clientId: string) {
  const orderId = uuidV7();
  return {
    orderId,
    clientId,
    idempotencyKey: `${clientId}:checkout-${orderId.slice(0, 8)}`,
    reference: 'R-1',
    status: 'CONFIRMED',
    items: [
      {
        productId: '019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62',
        quantity: 2,
        sku: 'mug',
        name: 'Mug',
        unitPrice: { amount: 1_250, currency: 'EUR' },
      },
    ],
    total: { amount: 2_500, currency: 'EUR' },
    confirmedAt: new Date().toISOString(),
  };
}

/** Callbacks of such events, as the product composes them, to the endpoints in turn: about 650 bytes each. */
export const callbacks = (count: number, endpoints: readonly Endpoint[]): Callback[] =>
  Array.from({ length: count }, (_, index) => {
    const endpoint = index % endpoints.length;
    return { url: endpoints[endpoint]?.url ?? '', ...callback(clientOf(endpoint)) };
  });

function callback(clientId: string): { id: string; body: string } {
  const id = uuidV7();
  const data = orderConfirmed(clientId);
  const timestamp = new Date().toISOString();
  const subject = `order/${data.orderId}`;
  const body = { id, type: 'order.confirmed', timestamp, subject, data, sequence: 1, previousEventId: null };
  return { id, body: JSON.stringify(body) };
}

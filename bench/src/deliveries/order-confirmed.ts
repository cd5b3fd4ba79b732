import { messageExamples } from '@holdfast/contracts';
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

/** Data of an `order.confirmed` event, as the contract's example has it, with an order of its own. */
export function orderConfirmed(clientId: string) {
  const orderId = uuidV7();
  return {
    ...messageExamples['order.confirmed']?.data,
    orderId,
    clientId,
    idempotencyKey: `${clientId}:checkout-${orderId.slice(0, 8)}`,
    confirmedAt: new Date().toISOString(),
  };
}

/** Callbacks of such events, as the product composes them, to the endpoints in turn: about 600 bytes each. */
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

import { jsonContent } from '../json-schema.js';
import {
  ALWAYS,
  answer,
  conditional,
  header,
  idempotencyKey,
  ifMatch,
  ifNoneMatch,
  path,
  problems,
  REPLAYED,
  WITH_BODY,
} from '../openapi-parts.js';

const place = {
  operationId: 'placeOrder',
  summary: 'Place an order',
  description:
    'All lines get their stock or none does. The answer is PENDING; with `Prefer: wait` it comes when the order is ' +
    'CONFIRMED or REJECTED, or with what it is when the time is up.',
  tags: ['orders'],
  parameters: [idempotencyKey(), header('Prefer', '`wait=10` waits up to 10 s for the final order; 30 s at most')],
  requestBody: { required: true, content: jsonContent('OrderRequest') },
  responses: {
    201: answer('The order', 'Order', {
      Location: 'path of the order',
      'Idempotency-Replayed': REPLAYED,
      'Preference-Applied': 'the `wait` that was applied',
    }),
    ...problems([...ALWAYS, ...WITH_BODY, 'IDEMPOTENCY_KEY_REUSED']),
  },
};

const show = {
  operationId: 'showOrder',
  summary: 'Show an order',
  description: "Another client's order is 404.",
  tags: ['orders'],
  parameters: [path('id', 'id of the order', { type: 'string', format: 'uuid' }), ifNoneMatch()],
  responses: { ...conditional('The order', 'Order'), ...problems([...ALWAYS, 'ORDER_NOT_FOUND', 'URI_TOO_LONG']) },
};

const cancel = {
  operationId: 'cancelOrder',
  summary: 'Cancel an order',
  description:
    'Gives back the stock that the order holds, once, whatever the order is going through at that moment. An order that ' +
    'is CANCELLED already is answered as it is; one that is REJECTED cannot be cancelled.',
  tags: ['orders'],
  parameters: [path('id', 'id of the order', { type: 'string', format: 'uuid' }), ifMatch()],
  responses: {
    200: answer('The order', 'Order', { ETag: 'validator' }),
    ...problems([
      ...ALWAYS,
      ...WITH_BODY,
      'ORDER_NOT_FOUND',
      'ORDER_NOT_CANCELLABLE',
      'VERSION_MISMATCH',
      'URI_TOO_LONG',
    ]),
  },
};

export const orderPaths = {
  '/orders': { post: place },
  '/orders/{id}': { get: show },
  '/orders/{id}/cancel': { post: cancel },
};

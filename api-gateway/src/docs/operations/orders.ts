import { listOrdersSchema } from '@holdfast/contracts';
import { jsonContent, jsonSchemaOf } from '../json-schema.js';
import {
  ALWAYS,
  answer,
  conditional,
  cursor,
  header,
  idempotencyKey,
  ifNoneMatch,
  limit,
  path,
  problems,
  query,
  REPLAYED,
  WITH_BODY,
  WITH_IDEMPOTENCY,
} from '../openapi-parts.js';

const place = {
  operationId: 'placeOrder',
  summary: 'Place an order',
  description:
    'All lines get their stock or none does. The answer is PENDING; with `Prefer: wait` it comes when the order is ' +
    'CONFIRMED or REJECTED, or with what it is when the time is up.\n\n' +
    'The answer that is stored for an `Idempotency-Key`, in the transaction that stores the order, is the order as it was ' +
    'placed: PENDING. A repeat with the same key, lines and reference gets it byte for byte, with the `ETag` that belongs ' +
    'to it, whatever has become of the order.\n\n' +
    '`Prefer: wait` asks for something else than the stored answer, in the first request and in a repeat: for the order as ' +
    'it is at the end of the wait. Two such answers are byte for byte the same unless the order has changed between them: ' +
    'the first may have run out of time and say PENDING, or the order may be CANCELLED since. The `ETag` tells them apart. ' +
    'Either way the order is placed once; the preference is no part of what two requests are compared by.\n\n' +
    'Until the order is stored, which does not include the wait, a repeat is refused with IDEMPOTENCY_KEY_IN_USE and ' +
    '`Retry-After`; one that comes by another gateway waits for the stored answer instead. Keys are kept for three days ' +
    'unless configured otherwise, and never for less than one.',
  tags: ['orders'],
  parameters: [idempotencyKey(), header('Prefer', '`wait=10` waits up to 10 s for the final order; 30 s at most')],
  requestBody: { required: true, content: jsonContent('OrderRequest') },
  responses: {
    201: answer('The order', 'Order', {
      Location: 'path of the order',
      ETag: 'validator of the order as it is answered',
      'Idempotency-Replayed': REPLAYED,
      'Preference-Applied': 'the `wait` that was applied',
    }),
    ...problems([...ALWAYS, ...WITH_BODY, ...WITH_IDEMPOTENCY]),
  },
};

const time = { type: 'string', format: 'date-time' };
const { limit: limits, status, reference, clientId, productNames } = listOrdersSchema.shape;

const list = {
  operationId: 'listOrders',
  summary: 'List orders, newest first',
  description:
    "A client's own, or everyone's for an operator; all filters that are given hold. Pages go on where the one before has " +
    'ended, by the time at which orders were stored: orders that arrive meanwhile are not on them, and none that was there ' +
    'is missing or comes twice. A page may have fewer orders than `limit`, even none, where a filter fits few of many ' +
    'orders or orders have many lines: the list ends where `nextCursor` is null.',
  tags: ['orders'],
  parameters: [
    query('status', 'those in this state', jsonSchemaOf(status)),
    query(
      'productId',
      'those with a line of this product, by its id or sku, whichever of them the order named',
      jsonSchemaOf(productNames.unwrap().element),
    ),
    query('reference', 'those with this reference', jsonSchemaOf(reference)),
    query('clientId', 'those of this client; for operators', jsonSchemaOf(clientId)),
    query('from', 'those placed from this time on, in UTC: it ends in Z', time),
    query('to', 'those placed up to this time, in UTC: it ends in Z', time),
    limit('orders', limits),
    query('cursor', 'nextCursor of the page before; the filters have to be the same', cursor().schema),
  ],
  responses: {
    200: answer('One page', 'OrderPage'),
    ...problems([...ALWAYS, 'VALIDATION_FAILED', 'FORBIDDEN']),
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
    'is CANCELLED already is answered as it is, so that a repeat needs no `Idempotency-Key`, and none is looked at; nor ' +
    'does it matter which version its `If-Match` names, as the first request has made it stale. One that is REJECTED ' +
    'cannot be cancelled.',
  tags: ['orders'],
  parameters: [
    path('id', 'id of the order', { type: 'string', format: 'uuid' }),
    header(
      'If-Match',
      'an ETag of the order; 412 when it is not current any more, unless the order is CANCELLED by then',
    ),
  ],
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
  '/orders': { get: list, post: place },
  '/orders/{id}': { get: show },
  '/orders/{id}/cancel': { post: cancel },
};

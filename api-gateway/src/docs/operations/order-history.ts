import { untilSchema } from '../../orders/live/follow-request.js';
import { jsonSchemaOf } from '../json-schema.js';
import { ALWAYS, answer, emptyAnswer, header, path, problems, query } from '../openapi-parts.js';

const orderId = () => path('id', 'id of the order', { type: 'string', format: 'uuid' });

const follow = {
  operationId: 'followOrder',
  summary: 'Follow an order',
  description:
    'Server-sent events: one per change, from `order.created` on, each with the version of the order as its `id` and an ' +
    '`OrderChange` as its `data`. The stream ends when the order is CONFIRMED, REJECTED or CANCELLED; with `until=closed` ' +
    'it goes on after CONFIRMED, until the order is CANCELLED. A comment comes every 15 s.\n\n' +
    'Whoever loses the stream connects again with `Last-Event-ID` and gets what came after it; no change is lost or comes ' +
    'twice. Where nothing is left to come the answer is 204, after which a browser does not connect again. A reader that ' +
    'takes nothing for two heartbeats is cut off.',
  tags: ['orders'],
  parameters: [
    orderId(),
    query('until', '`decided` if not given', jsonSchemaOf(untilSchema)),
    header('Last-Event-ID', 'id of the last event that was received'),
  ],
  responses: {
    200: {
      ...emptyAnswer('The changes, as they happen'),
      content: { 'text/event-stream': { schema: { $ref: '#/components/schemas/OrderEvents' } } },
    },
    204: emptyAnswer('Nothing is left to come'),
    ...problems([...ALWAYS, 'VALIDATION_FAILED', 'ORDER_NOT_FOUND', 'URI_TOO_LONG']),
  },
};

const timeline = {
  operationId: 'showOrderTimeline',
  summary: 'Show everything that happened to an order',
  description:
    'Requests, events, messages between services, stock movements and webhook attempts, in the order of time, each after ' +
    'its cause. Of webhooks a client sees its own; that the order made the stock of a product low (`product.stockLow`) is ' +
    'for operators. What a service would have told that does not answer is missing, and ' +
    '`incomplete` names it. Finished deliveries are kept for some days only, and their attempts with them.',
  tags: ['orders'],
  parameters: [orderId()],
  responses: {
    200: answer('The timeline', 'OrderTimeline'),
    ...problems([...ALWAYS, 'ORDER_NOT_FOUND', 'URI_TOO_LONG']),
  },
};

export const orderHistoryPaths = {
  '/orders/{id}/events': { get: follow },
  '/orders/{id}/timeline': { get: timeline },
};

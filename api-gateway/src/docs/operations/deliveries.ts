import { listDeliveriesSchema } from '@holdfast/contracts';
import { jsonSchemaOf } from '../json-schema.js';
import {
  ALWAYS,
  answer,
  cursor,
  idempotencyKey,
  limit,
  path,
  problems,
  query,
  REPLAYED,
  WITH_BODY,
  WITH_IDEMPOTENCY,
} from '../openapi-parts.js';

const tags = ['webhooks'];
const uuid = { type: 'string', format: 'uuid' };
const { limit: limits, status, eventType } = listDeliveriesSchema.shape;
const time = { type: 'string', format: 'date-time' };

const list = {
  operationId: 'listDeliveries',
  summary: "List a webhook's deliveries, newest first",
  description: 'With a filter a page may be short, or empty, and still have a `nextCursor`: go on until it is null.',
  tags,
  parameters: [
    path('id', 'id of the webhook', uuid),
    query('status', 'those in this state', jsonSchemaOf(status)),
    query('eventType', 'those of this event', jsonSchemaOf(eventType)),
    query('from', 'those from this time on, in UTC: it ends in Z', time),
    query('to', 'those up to this time, in UTC: it ends in Z', time),
    limit('deliveries', limits),
    cursor(),
  ],
  responses: {
    200: answer('One page', 'DeliveryPage'),
    ...problems([...ALWAYS, 'VALIDATION_FAILED', 'WEBHOOK_NOT_FOUND', 'URI_TOO_LONG']),
  },
};

const show = {
  operationId: 'showDelivery',
  summary: 'Show a delivery and its attempts',
  description: 'Finished deliveries are kept for some days.',
  tags,
  parameters: [path('id', 'id of the delivery', uuid)],
  responses: {
    200: answer('The delivery', 'DeliveryDetail'),
    ...problems([...ALWAYS, 'DELIVERY_NOT_FOUND', 'URI_TOO_LONG']),
  },
};

const retry = {
  operationId: 'retryDelivery',
  summary: 'Send a delivery again',
  description:
    'Also one that was delivered; no test, and none that has an attempt before it already. Once it is delivered again, a ' +
    'repeat without an `Idempotency-Key` sends it once more.',
  tags,
  parameters: [path('id', 'id of the delivery', uuid), idempotencyKey()],
  responses: {
    202: answer('The delivery, on its way', 'Delivery', { 'Idempotency-Replayed': REPLAYED }),
    ...problems([
      ...ALWAYS,
      ...WITH_BODY,
      ...WITH_IDEMPOTENCY,
      'DELIVERY_NOT_FOUND',
      'DELIVERY_PENDING',
      'URI_TOO_LONG',
    ]),
  },
};

export const deliveryPaths = {
  '/webhooks/{id}/deliveries': { get: list },
  '/deliveries/{id}': { get: show },
  '/deliveries/{id}/retry': { post: retry },
};

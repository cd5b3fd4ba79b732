import {
  callbackExamples,
  callbackSchema,
  type WebhookEventType,
  webhookEvents,
  webhookEventTypes,
} from '@holdfast/contracts';
import { z } from 'zod';
import { type JsonSchema, jsonContent, jsonSchemaOf } from './json-schema.js';

const SUMMARIES: Record<WebhookEventType, string> = {
  'order.created': 'An order was placed',
  'order.confirmed': 'An order has its stock',
  'order.rejected': 'An order was refused',
  'order.cancelled': 'An order was cancelled',
  'product.stockReserved': "An order's stock was reserved, or was not to be had",
  'product.stockReleased': "An order's stock was given back",
  'product.stockAdjusted': 'Stock was added or written off; for operators',
  'product.stockLow': 'A product has as little left as its threshold says; for operators',
  'webhook.disabled': 'A subscription was disabled, and its events are held',
  'webhook.test': 'Somebody tests a subscription',
};

const DESCRIPTION =
  'Signed as the Standard Webhooks specification has it. It may come more than once, with the same `webhook-id`; ' +
  '`sequence` and `previousEventId` tell of one that is missing. The answer is waited for up to 15 s.';

/** `order.created` becomes `OrderCreatedCallback`. */
const schemaNameOf = (type: WebhookEventType): string =>
  `${type.replaceAll(/(?:^|\.)([a-z])/g, (_match, letter: string) => letter.toUpperCase())}Callback`;

/** The body of a callback, by the schema's name, for each event type. */
export const callbackSchemas = (): Record<string, JsonSchema> =>
  Object.fromEntries(
    webhookEventTypes.map((type) => [
      schemaNameOf(type),
      {
        ...jsonSchemaOf(callbackSchema.extend({ type: z.literal(type), data: webhookEvents[type] })),
        examples: Object.values(callbackExamples).filter((example) => example.type === type),
      },
    ]),
  );

/** What subscribers are sent: the `webhooks` section of OpenAPI 3.1. */
export const callbacks = () => Object.fromEntries(webhookEventTypes.map((type) => [type, { post: callbackOf(type) }]));

function callbackOf(type: WebhookEventType) {
  return {
    summary: SUMMARIES[type],
    description: DESCRIPTION,
    tags: ['callbacks'],
    security: [],
    parameters: [
      signed('webhook-id', "the event's id: the same at every attempt, so that a repeat is known by it", {
        type: 'string',
      }),
      signed('webhook-timestamp', 'when this attempt was signed, in Unix seconds', {
        type: 'string',
        pattern: '^[0-9]+$',
      }),
      signed(
        'webhook-signature',
        'base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_`; ' +
          'several, of which one has to match, while an old secret is still valid',
        { type: 'string', pattern: '^v1,[A-Za-z0-9+/]{43}=(?: v1,[A-Za-z0-9+/]{43}=)*$' },
      ),
    ],
    requestBody: { required: true, content: jsonContent(schemaNameOf(type)) },
    responses,
  };
}

function signed(name: string, description: string, schema: JsonSchema) {
  return { name, in: 'header', required: true, description, schema };
}

const holds = {
  description: 'The endpoint is held for as long as `Retry-After` says, and then tried again',
  headers: { 'Retry-After': { description: 'seconds, or a date', schema: { type: 'string' } } },
};

const responses = {
  '2XX': { description: 'Delivered' },
  410: { description: 'The subscription is disabled' },
  429: holds,
  503: holds,
  default: {
    description: 'Tried again later, a redirect too; after the last attempt it waits until somebody retries it',
  },
};

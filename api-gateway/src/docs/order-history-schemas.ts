import { orderChangeSchema, orderTimelineSchema } from '@holdfast/contracts';
import { frameOf, GREETING } from '../orders/live/sse-frame.js';
import { ORDER_CHANGE, ORDER_TIMELINE } from './examples/order-history.js';
import { type JsonSchema, jsonSchemaOf } from './json-schema.js';

/** What has happened to orders, and how it is told as it happens. */
export const orderHistorySchemas = (): Record<string, JsonSchema> => ({
  OrderChange: { ...jsonSchemaOf(orderChangeSchema), examples: [ORDER_CHANGE] },
  OrderEvents: {
    type: 'string',
    description: '`text/event-stream` of the HTML standard; each `data` is an `OrderChange`',
    // OpenAPI has a word for what a stream consists of from 3.2 on (itemSchema).
    'x-event-data': { $ref: '#/components/schemas/OrderChange' },
    examples: [GREETING + frameOf(ORDER_CHANGE)],
  },
  OrderTimeline: { ...jsonSchemaOf(orderTimelineSchema), examples: [ORDER_TIMELINE] },
});

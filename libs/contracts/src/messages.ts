import { z } from 'zod';
import { deadLetterMessages } from './dead-letters.js';
import { listOrderChangesSchema } from './order-changes.js';
import {
  cancelOrderSchema,
  createOrderSchema,
  getOrderSchema,
  listOrdersSchema,
  orderCancelledSchema,
  orderConfirmedSchema,
  orderCreatedSchema,
  orderRejectedSchema,
} from './orders.js';
import {
  adjustStockSchema,
  changeProductSchema,
  createProductSchema,
  getProductSchema,
  importProductSchema,
  listMovementsSchema,
  listProductsSchema,
  releaseStockSchema,
  reserveStockSchema,
  stockAdjustedSchema,
  stockLowSchema,
  stockReleasedSchema,
  stockReservedSchema,
} from './products.js';
import { ofEventsTimelineSchema, ofOrderTimelineSchema } from './timeline.js';
import { webhookDisabledSchema } from './webhook-events.js';
import {
  createWebhookSchema,
  deleteWebhookSchema,
  deliveryRefSchema,
  listDeliveriesSchema,
  listWebhooksSchema,
  replayWebhookSchema,
  retryDeliverySchema,
  rotateSecretSchema,
  switchWebhookSchema,
  testWebhookSchema,
  updateWebhookSchema,
  webhookRefSchema,
} from './webhooks.js';

/**
 * Every message on the wire: its pattern, what it is, and the queue that a command or query goes to. Events go to the
 * `events` exchange with their pattern as routing key. A message is `{"pattern": …, "data": …, "id"?: …}`, which is what
 * Nest speaks, so that an operator can publish one by hand.
 */
export const messages = {
  'orders.create': { kind: 'command', queue: 'orders_queue', schema: createOrderSchema },
  'orders.cancel': { kind: 'command', queue: 'orders_queue', schema: cancelOrderSchema },
  'orders.get': { kind: 'query', queue: 'orders_queries', schema: getOrderSchema },
  'orders.list': { kind: 'query', queue: 'orders_queries', schema: listOrdersSchema },
  'orders.events': { kind: 'query', queue: 'orders_queries', schema: listOrderChangesSchema },
  'orders.timeline': { kind: 'query', queue: 'orders_queries', schema: ofOrderTimelineSchema },
  'product.create': { kind: 'command', queue: 'products_queue', schema: createProductSchema },
  'product.change': { kind: 'command', queue: 'products_queue', schema: changeProductSchema },
  'product.import': { kind: 'command', queue: 'products_queue', schema: importProductSchema },
  'product.get': { kind: 'query', queue: 'products_queries', schema: getProductSchema },
  'product.list': { kind: 'query', queue: 'products_queries', schema: listProductsSchema },
  'product.movements': { kind: 'query', queue: 'products_queries', schema: listMovementsSchema },
  'products.timeline': { kind: 'query', queue: 'products_queries', schema: ofOrderTimelineSchema },
  'product.reserveStock': { kind: 'command', queue: 'products_queue', schema: reserveStockSchema },
  'product.releaseStock': { kind: 'command', queue: 'products_queue', schema: releaseStockSchema },
  'product.adjustStock': { kind: 'command', queue: 'products_queue', schema: adjustStockSchema },
  'product.stockReserved': { kind: 'event', schema: stockReservedSchema },
  'product.stockReleased': { kind: 'event', schema: stockReleasedSchema },
  'product.stockAdjusted': { kind: 'event', schema: stockAdjustedSchema },
  'product.stockLow': { kind: 'event', schema: stockLowSchema },
  'order.created': { kind: 'event', schema: orderCreatedSchema },
  'order.confirmed': { kind: 'event', schema: orderConfirmedSchema },
  'order.rejected': { kind: 'event', schema: orderRejectedSchema },
  'order.cancelled': { kind: 'event', schema: orderCancelledSchema },
  'webhooks.create': { kind: 'command', queue: 'webhooks_queue', schema: createWebhookSchema },
  'webhooks.update': { kind: 'command', queue: 'webhooks_queue', schema: updateWebhookSchema },
  'webhooks.delete': { kind: 'command', queue: 'webhooks_queue', schema: deleteWebhookSchema },
  'webhooks.enable': { kind: 'command', queue: 'webhooks_queue', schema: switchWebhookSchema },
  'webhooks.disable': { kind: 'command', queue: 'webhooks_queue', schema: switchWebhookSchema },
  'webhooks.rotateSecret': { kind: 'command', queue: 'webhooks_queue', schema: rotateSecretSchema },
  'webhooks.replay': { kind: 'command', queue: 'webhooks_queue', schema: replayWebhookSchema },
  'webhooks.get': { kind: 'query', queue: 'webhooks_queries', schema: webhookRefSchema },
  'webhooks.list': { kind: 'query', queue: 'webhooks_queries', schema: listWebhooksSchema },
  'webhooks.test': { kind: 'query', queue: 'webhooks_queries', schema: testWebhookSchema },
  'deliveries.retry': { kind: 'command', queue: 'webhooks_queue', schema: retryDeliverySchema },
  'deliveries.list': { kind: 'query', queue: 'webhooks_queries', schema: listDeliveriesSchema },
  'deliveries.get': { kind: 'query', queue: 'webhooks_queries', schema: deliveryRefSchema },
  'webhooks.timeline': { kind: 'query', queue: 'webhooks_queries', schema: ofEventsTimelineSchema },
  'webhook.disabled': { kind: 'event', schema: webhookDisabledSchema },
  ...deadLetterMessages('orders', 'orders_queries'),
  ...deadLetterMessages('products', 'products_queries'),
  ...deadLetterMessages('webhooks', 'webhooks_queries'),
} as const satisfies Record<string, MessageContract>;

export type MessageContract =
  | { kind: 'command' | 'query'; queue: QueueName; schema: z.ZodType }
  | { kind: 'event'; schema: z.ZodType };

export type QueueName =
  | 'orders_queue'
  | 'orders_queries'
  | 'products_queue'
  | 'products_queries'
  | 'webhooks_queue'
  | 'webhooks_queries';

export type Pattern = keyof typeof messages;
export type MessageData<P extends Pattern> = z.infer<(typeof messages)[P]['schema']>;

/** The contract of a pattern that came from outside, or undefined where there is none. */
export const contractOf = (pattern: string): MessageContract | undefined =>
  Object.hasOwn(messages, pattern) ? messages[pattern as Pattern] : undefined;

import {
  deliveryDetailSchema,
  deliveryViewSchema,
  orderChangesSchema,
  orderViewSchema,
  type Pattern,
  productImportedSchema,
  productViewSchema,
  replayResultSchema,
  stockAdjustmentViewSchema,
  stockMovementViewSchema,
  timelinePartSchema,
  webhookTestResultSchema,
  webhookViewSchema,
  webhookWithSecretSchema,
} from '@holdfast/contracts';
import { z } from 'zod';
import { ORDER_CHANGE, TIMELINE_ENTRY } from '../examples/order-history.js';
import { PENDING_ORDER } from '../examples/orders.js';
import { PRODUCT, STOCK_ADJUSTMENT, STOCK_MOVEMENT } from '../examples/products.js';
import {
  DELIVERY,
  DELIVERY_DETAIL,
  REPLAY_RESULT,
  TEST_RESULT,
  WEBHOOK,
  WEBHOOK_WITH_SECRET,
} from '../examples/webhooks.js';
import { type Answer, page, replayable } from './answer.js';
import { deadLetterMessagesDescribed } from './dead-letter-messages.js';

const order: Answer = { schema: orderViewSchema, example: PENDING_ORDER };
const product: Answer = { schema: productViewSchema, example: PRODUCT };
const webhook: Answer = { schema: webhookViewSchema, example: WEBHOOK };
const timeline: Answer = { schema: timelinePartSchema, example: { entries: [TIMELINE_ENTRY], truncated: false } };

/**
 * What each request is answered with when it is accepted. What is not in here is a command that one service sends to
 * another, whose outcome is an event.
 */
export const answers: Partial<Record<Pattern, Answer>> = {
  ...Object.fromEntries(Object.entries(deadLetterMessagesDescribed).map(([pattern, { answer }]) => [pattern, answer])),
  'orders.create': replayable('order', orderViewSchema, PENDING_ORDER),
  'orders.cancel': order,
  'orders.get': order,
  'orders.list': page(orderViewSchema, PENDING_ORDER),
  'orders.events': {
    schema: orderChangesSchema,
    example: { version: 2, status: 'CONFIRMED', changes: [ORDER_CHANGE] },
  },
  'orders.timeline': timeline,
  'product.create': replayable('product', productViewSchema, PRODUCT),
  'product.change': product,
  'product.import': { schema: productImportedSchema, example: { id: PRODUCT.id, outcome: 'created' } },
  'product.get': product,
  'product.list': page(productViewSchema, PRODUCT),
  'product.movements': page(stockMovementViewSchema, STOCK_MOVEMENT),
  'product.adjustStock': replayable('adjustment', stockAdjustmentViewSchema, STOCK_ADJUSTMENT),
  'products.timeline': timeline,
  'webhooks.create': replayable('webhook', webhookWithSecretSchema, WEBHOOK_WITH_SECRET),
  'webhooks.update': webhook,
  'webhooks.delete': { schema: z.null(), example: null },
  'webhooks.enable': webhook,
  'webhooks.disable': webhook,
  'webhooks.rotateSecret': { schema: webhookWithSecretSchema, example: WEBHOOK_WITH_SECRET },
  'webhooks.replay': { schema: replayResultSchema, example: REPLAY_RESULT },
  'webhooks.get': webhook,
  'webhooks.list': page(webhookViewSchema, WEBHOOK),
  'webhooks.test': { schema: webhookTestResultSchema, example: TEST_RESULT },
  'webhooks.timeline': timeline,
  'deliveries.retry': { schema: deliveryViewSchema, example: DELIVERY },
  'deliveries.list': page(deliveryViewSchema, DELIVERY),
  'deliveries.get': { schema: deliveryDetailSchema, example: DELIVERY_DETAIL },
};

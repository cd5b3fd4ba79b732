import { z } from 'zod';
import {
  createOrderSchema,
  getOrderSchema,
  orderConfirmedSchema,
  orderCreatedSchema,
  orderRejectedSchema,
} from './orders.js';
import {
  createProductSchema,
  getProductSchema,
  listProductsSchema,
  reserveStockSchema,
  stockReservedSchema,
} from './products.js';

/**
 * Every message on the wire: its pattern, what it is, and the queue that a command or query goes to. Events go to the
 * `events` exchange with their pattern as routing key. A message is `{"pattern": …, "data": …, "id"?: …}`, which is what
 * Nest speaks, so that an operator can publish one by hand.
 */
export const messages = {
  'orders.create': { kind: 'command', queue: 'orders_queue', schema: createOrderSchema },
  'orders.get': { kind: 'query', queue: 'orders_queries', schema: getOrderSchema },
  'product.create': { kind: 'command', queue: 'products_queue', schema: createProductSchema },
  'product.get': { kind: 'query', queue: 'products_queries', schema: getProductSchema },
  'product.list': { kind: 'query', queue: 'products_queries', schema: listProductsSchema },
  'product.reserveStock': { kind: 'command', queue: 'products_queue', schema: reserveStockSchema },
  'product.stockReserved': { kind: 'event', schema: stockReservedSchema },
  'order.created': { kind: 'event', schema: orderCreatedSchema },
  'order.confirmed': { kind: 'event', schema: orderConfirmedSchema },
  'order.rejected': { kind: 'event', schema: orderRejectedSchema },
} as const satisfies Record<string, MessageContract>;

export type MessageContract =
  | { kind: 'command' | 'query'; queue: QueueName; schema: z.ZodType }
  | { kind: 'event'; schema: z.ZodType };

export type QueueName = 'orders_queue' | 'orders_queries' | 'products_queue' | 'products_queries';

export type Pattern = keyof typeof messages;
export type MessageData<P extends Pattern> = z.infer<(typeof messages)[P]['schema']>;

/** The contract of a pattern that came from outside, or undefined where there is none. */
export const contractOf = (pattern: string): MessageContract | undefined =>
  Object.hasOwn(messages, pattern) ? messages[pattern as Pattern] : undefined;

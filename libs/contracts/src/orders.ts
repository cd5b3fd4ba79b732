import { z } from 'zod';
import { callerSchema, clientIdSchema } from './callers.js';
import { idSchema } from './ids.js';
import { moneySchema } from './money.js';

export const MAX_ORDER_LINES = 100;
export const MAX_QUANTITY = 1_000_000;

export const orderStatusSchema = z.enum(['PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED']);
export type OrderStatus = z.infer<typeof orderStatusSchema>;

/** Why an order was refused. */
export const rejectionReasonSchema = z.enum([
  'OUT_OF_STOCK',
  'UNKNOWN_PRODUCT',
  'MIXED_CURRENCIES',
  'TOTAL_TOO_LARGE',
  'ORDER_CANCELLED',
]);
export type RejectionReason = z.infer<typeof rejectionReasonSchema>;

export const quantitySchema = z.number().int().min(1).max(MAX_QUANTITY);

/** A product's id or its sku, as a buyer names it. */
export const productRefSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be a product id or sku: 1 to 64 letters, digits, dots, dashes or underscores');

export const orderLineSchema = z.object({
  productId: productRefSchema.describe('id or sku of the product, as the order names it'),
  quantity: quantitySchema.describe('units ordered'),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

/** A line as it was sold: name and price are those of the moment of reservation. */
export const soldLineSchema = orderLineSchema.extend({
  productId: idSchema.describe('id of the product'),
  sku: z.string().describe('sku of the product'),
  name: z.string().describe('name of the product when the stock was reserved'),
  unitPrice: moneySchema.describe('price of one unit when the stock was reserved'),
});
export type SoldLine = z.infer<typeof soldLineSchema>;

/** Printable ASCII, as the Idempotency-Key draft of the IETF has it. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters');

/** The key as it travels in messages: `client:key`, or an id of ours, so that two clients' equal keys stay two keys. */
export const travellingKeySchema = z.string().min(1).max(400);

// Control characters in a reference would end in logs, terminals and subscribers' pages.
export const referenceSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

export const orderItemsSchema = z.array(orderLineSchema).min(1).max(MAX_ORDER_LINES);

/** A line of an order whatever its state: what is only known once the stock is reserved is null until then. */
export const orderedLineSchema = orderLineSchema.extend({
  sku: z.string().nullable().describe("the product's sku; null before the stock is reserved"),
  name: z.string().nullable().describe('its name at the moment of reservation; null before'),
  unitPrice: moneySchema.nullable().describe('its price at the moment of reservation; null before'),
});

/** An order as callers see it. Names, prices and `total` are there once the stock is reserved. */
export const orderViewSchema = z.object({
  id: idSchema,
  clientId: clientIdSchema.describe('the client whose order it is'),
  status: orderStatusSchema,
  items: z.array(orderedLineSchema),
  total: moneySchema.nullable(),
  reference: z.string().nullable(),
  rejectionReason: rejectionReasonSchema.nullable(),
  rejectionDetail: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  version: z.number().int().min(1),
});
export type OrderView = z.infer<typeof orderViewSchema>;

/** `orders.create`: a request. Answered with {@link OrderPlaced}; a repeat with the same key gets the stored answer. */
export const createOrderSchema = z.object({
  clientId: clientIdSchema,
  idempotencyKey: idempotencyKeySchema.optional(),
  items: orderItemsSchema,
  reference: referenceSchema.optional(),
});
export type CreateOrder = z.infer<typeof createOrderSchema>;

export interface OrderPlaced {
  order: OrderView;
  /** The stored answer of an earlier request with the same key. */
  replayed: boolean;
}

/** `orders.get`: a query for an order of the caller's. */
export const getOrderSchema = z.object({ caller: callerSchema, orderId: idSchema });
export type GetOrder = z.infer<typeof getOrderSchema>;

const utcTimeSchema = z.iso.datetime();

/**
 * `orders.list`: a query for orders, newest first; every filter that is there has to hold. `clientId` is for operators, who
 * see everyone's orders; a client sees its own. `from` and `to` are of the creation, both included.
 *
 * Until its stock is reserved an order knows a product only as the buyer named it, by id or sku. `productNames` are the
 * names that the product may have, of which one has to be there; to ask for a product is to give its id and its sku.
 */
export const listOrdersSchema = z.object({
  caller: callerSchema,
  clientId: clientIdSchema.optional(),
  status: orderStatusSchema.optional(),
  productNames: z.array(productRefSchema).min(1).max(2).optional(),
  reference: referenceSchema.optional(),
  from: utcTimeSchema.optional(),
  to: utcTimeSchema.optional(),
  limit: z.number().int().min(1).max(100),
  cursor: z.string().min(1).max(200).optional(),
});
export type ListOrders = z.infer<typeof listOrdersSchema>;

/** Up to `limit` orders. There may be fewer, even none, before the last page, which is the one without `nextCursor`. */
export interface OrderPage {
  data: OrderView[];
  nextCursor: string | null;
}

/**
 * `orders.cancel`: a request, answered with the order; one that is cancelled already is answered as it is. `ifVersion` is
 * the version that the caller has seen.
 */
export const cancelOrderSchema = z.object({
  caller: callerSchema,
  orderId: idSchema,
  ifVersion: z.number().int().min(1).optional(),
});
export type CancelOrder = z.infer<typeof cancelOrderSchema>;

const orderEventSchema = z.object({
  orderId: idSchema.describe('id of the order'),
  clientId: clientIdSchema.describe('the client whose order it is'),
  idempotencyKey: travellingKeySchema.describe(
    '`<client>:<Idempotency-Key>` of the request, or an id if it had no key',
  ),
  reference: z.string().nullable().describe('what the client calls the order; null if nothing'),
});

/** `order.created`: the order is stored and its stock is being asked for. */
export const orderCreatedSchema = orderEventSchema.extend({
  status: z.literal('PENDING').describe('status of the order'),
  items: orderItemsSchema.describe('what was ordered'),
  createdAt: z.iso.datetime().describe('when the order was placed'),
});
export type OrderCreated = z.infer<typeof orderCreatedSchema>;

/** `order.confirmed`: the stock is reserved; final unless the order is cancelled. */
export const orderConfirmedSchema = orderEventSchema.extend({
  status: z.literal('CONFIRMED').describe('status of the order'),
  items: z.array(soldLineSchema).min(1).describe('what was sold, in the order of the lines'),
  total: moneySchema.describe('sum of all lines'),
  confirmedAt: z.iso.datetime().describe('when the order was confirmed'),
});
export type OrderConfirmed = z.infer<typeof orderConfirmedSchema>;

/** `order.rejected`: no stock was taken; final. */
export const orderRejectedSchema = orderEventSchema.extend({
  status: z.literal('REJECTED').describe('status of the order'),
  items: orderItemsSchema.describe('what was ordered'),
  reason: rejectionReasonSchema.describe('why, for programs'),
  detail: z.string().describe('why, in a sentence for people'),
  rejectedAt: z.iso.datetime().describe('when the order was rejected'),
});
export type OrderRejected = z.infer<typeof orderRejectedSchema>;

/** `order.cancelled`: whatever stock the order held is given back; final. */
export const orderCancelledSchema = orderEventSchema.extend({
  status: z.literal('CANCELLED').describe('status of the order'),
  previousStatus: z.enum(['PENDING', 'CONFIRMED']).describe('what the order was before'),
  items: z.array(orderedLineSchema).min(1).max(MAX_ORDER_LINES).describe('what was ordered'),
  total: moneySchema.nullable().describe('sum of what had been confirmed; null if nothing had'),
  cancelledAt: z.iso.datetime().describe('when the order was cancelled'),
});
export type OrderCancelled = z.infer<typeof orderCancelledSchema>;

import { z } from 'zod';
import { idSchema, isUuid } from './ids.js';
import { MAX_PRICE_AMOUNT, moneySchema } from './money.js';
import {
  clientIdSchema,
  orderItemsSchema,
  productRefSchema,
  rejectionReasonSchema,
  soldLineSchema,
  travellingKeySchema,
} from './orders.js';

/** The most units of one product that the system counts. */
export const MAX_STOCK = 1_000_000_000;

// A sku in the form of a UUID could name another product's id, and an order would take the wrong one.
export const skuSchema = productRefSchema.refine((sku) => !isUuid(sku), 'must not have the form of a UUID');

export const productNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

export const priceSchema = moneySchema.extend({ amount: z.number().int().min(0).max(MAX_PRICE_AMOUNT) });
export const stockSchema = z.number().int().min(0).max(MAX_STOCK);

/** `product.create`: a catalogue command, answered with the product. */
export const createProductSchema = z.object({
  sku: skuSchema,
  name: productNameSchema,
  price: priceSchema,
  stock: stockSchema,
  supplierId: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .optional(),
  lowStockThreshold: stockSchema.optional(),
});
export type CreateProduct = z.infer<typeof createProductSchema>;

/** `product.get`: a query by id or sku. */
export const getProductSchema = z.object({ productId: productRefSchema });
export type GetProduct = z.infer<typeof getProductSchema>;

/** `product.list`: a query, by sku; `cursor` is the `nextCursor` of the page before. */
export const listProductsSchema = z.object({
  limit: z.number().int().min(1).max(100),
  cursor: z.string().min(1).max(200).optional(),
});
export type ListProducts = z.infer<typeof listProductsSchema>;

/** A product as callers see it. `onHand` = `reserved` + `available`. */
export const productViewSchema = z.object({
  id: idSchema,
  sku: z.string(),
  name: z.string(),
  price: moneySchema,
  stock: z.object({
    onHand: z.number().int().min(0),
    reserved: z.number().int().min(0),
    available: z.number().int().min(0),
  }),
  supplierId: z.string().nullable(),
  lowStockThreshold: z.number().int().min(0).nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  version: z.number().int().min(1),
});
export type ProductView = z.infer<typeof productViewSchema>;

export interface ProductPage {
  data: ProductView[];
  nextCursor: string | null;
}

const reservationSchema = z.object({
  orderId: idSchema,
  clientId: clientIdSchema,
  idempotencyKey: travellingKeySchema,
});

/** `product.reserveStock`: a command, all lines or none. A repeat is answered with the stored outcome. */
export const reserveStockSchema = reservationSchema.extend({ items: orderItemsSchema });
export type ReserveStock = z.infer<typeof reserveStockSchema>;

/** `product.stockReserved`: the outcome of a reservation, either way. `items` are in the order of the order's lines. */
export const stockReservedSchema = z.discriminatedUnion('reserved', [
  reservationSchema.extend({
    reserved: z.literal(true),
    items: z.array(soldLineSchema).min(1),
    total: moneySchema,
  }),
  reservationSchema.extend({
    reserved: z.literal(false),
    reason: rejectionReasonSchema,
    detail: z.string(),
  }),
]);
export type StockReserved = z.infer<typeof stockReservedSchema>;

import { z } from 'zod';
import { callerSchema, clientIdSchema } from './callers.js';
import { idSchema, isUuid } from './ids.js';
import { MAX_PRICE_AMOUNT, moneySchema } from './money.js';
import {
  idempotencyKeySchema,
  orderItemsSchema,
  productRefSchema,
  rejectionReasonSchema,
  soldLineSchema,
  travellingKeySchema,
} from './orders.js';

/** The most units of one product that the system counts. */
export const MAX_STOCK = 1_000_000_000;

// A sku in the form of a UUID could name another product's id, and an order would take the wrong one.
export const skuSchema = productRefSchema
  .refine((sku) => !isUuid(sku), 'must not have the form of a UUID')
  // At /products/import nobody could read or change the product.
  .refine((sku) => sku !== 'import', 'must not be a word of the API');

export const productNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

export const priceSchema = moneySchema.extend({ amount: z.number().int().min(0).max(MAX_PRICE_AMOUNT) });
export const stockSchema = z.number().int().min(0).max(MAX_STOCK);

/** A product as an operator describes it. */
export const productDescriptionSchema = z.object({
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
export type ProductDescription = z.infer<typeof productDescriptionSchema>;

/** `product.create`: an operator's command, answered with the product. */
export const createProductSchema = productDescriptionSchema.extend({
  caller: callerSchema,
  idempotencyKey: idempotencyKeySchema.optional(),
});
export type CreateProduct = z.infer<typeof createProductSchema>;

/**
 * `product.import`: one line of an import, by an operator. It creates the product, unless there is one that was made from
 * the same description, which stays as it is by now: so that a file can be sent again.
 */
export const importProductSchema = productDescriptionSchema.extend({ caller: callerSchema });
export type ImportProduct = z.infer<typeof importProductSchema>;

/** The answer to `product.import`: `existing` is one that was there before. */
export const productImportedSchema = z.object({ id: idSchema, outcome: z.enum(['created', 'existing']) });
export type ProductImported = z.infer<typeof productImportedSchema>;

/** What can be changed of a product. A threshold of null is none. */
export const productChangesSchema = z
  .object({ name: productNameSchema, price: priceSchema, lowStockThreshold: stockSchema.nullable() })
  .partial();
export type ProductChanges = z.infer<typeof productChangesSchema>;

/**
 * `product.change`: an operator's command; only what is there is changed. `ifVersion` is the `catalogueVersion` that the
 * caller has seen.
 */
export const changeProductSchema = z.object({
  caller: callerSchema,
  productId: productRefSchema,
  changes: productChangesSchema,
  ifVersion: z.number().int().min(1).optional(),
});
export type ChangeProduct = z.infer<typeof changeProductSchema>;

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
  version: z.number().int().min(1).describe('counts every change, those of the stock included'),
  catalogueVersion: z.number().int().min(1).describe('counts the changes of name, price and threshold'),
});
export type ProductView = z.infer<typeof productViewSchema>;

export interface ProductCreated {
  product: ProductView;
  /** The stored answer of an earlier request with the same key. */
  replayed: boolean;
}

export interface ProductPage {
  data: ProductView[];
  nextCursor: string | null;
}

const reservationSchema = z.object({
  orderId: idSchema.describe('id of the order'),
  clientId: clientIdSchema.describe('the client whose order it is'),
  idempotencyKey: travellingKeySchema.describe('the key that all messages and events of the order carry'),
});

/** `product.reserveStock`: a command, all lines or none. A repeat is answered with the stored outcome. */
export const reserveStockSchema = reservationSchema.extend({ items: orderItemsSchema });
export type ReserveStock = z.infer<typeof reserveStockSchema>;

/** `product.stockReserved`: the outcome of a reservation, either way. `items` are in the order of the order's lines. */
export const stockReservedSchema = z.discriminatedUnion('reserved', [
  reservationSchema.extend({
    reserved: z.literal(true).describe('the order holds all of its stock'),
    items: z.array(soldLineSchema).min(1).describe('what it holds, in the order of its lines'),
    total: moneySchema.describe('sum of all lines'),
  }),
  reservationSchema.extend({
    reserved: z.literal(false).describe('the order holds nothing'),
    reason: rejectionReasonSchema.describe('why, for programs'),
    detail: z.string().describe('why, in a sentence for people'),
  }),
]);
export type StockReserved = z.infer<typeof stockReservedSchema>;

/**
 * `product.releaseStock`: a command that gives back what an order holds, once; a repeat is answered with the stored
 * outcome. For an order that holds nothing it sees to it that it never will.
 */
export const releaseStockSchema = reservationSchema;
export type ReleaseStock = z.infer<typeof releaseStockSchema>;

/** `product.stockReleased`: an order holds no stock any more. `items` is what it gave back, none where it held nothing. */
export const stockReleasedSchema = reservationSchema.extend({
  items: z
    .array(
      z.object({
        productId: idSchema.describe('id of the product'),
        sku: z.string().describe('sku of the product'),
        quantity: z.number().int().min(1).describe('units given back'),
      }),
    )
    .describe('what was given back; empty if the order held nothing'),
  releasedAt: z.iso.datetime().describe('when the stock was given back'),
});
export type StockReleased = z.infer<typeof stockReleasedSchema>;

const stockLevelSchema = z.object({
  onHand: z.number().int().min(0).describe('units there are: `reserved` + `available`'),
  reserved: z.number().int().min(0).describe('units that orders hold'),
  available: z.number().int().min(0).describe('units that can be ordered'),
});

export const adjustmentReasonSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

/** `product.stockAdjusted`: an operator restocked a product or wrote units off. `stock` is what there is afterwards. */
export const stockAdjustedSchema = z.object({
  productId: idSchema.describe('id of the product'),
  sku: z.string().describe('sku of the product'),
  name: z.string().describe('name of the product'),
  delta: z.number().int().describe('units more, or, negative, less'),
  reason: adjustmentReasonSchema.describe('what the operator gave as the reason'),
  adjustedBy: clientIdSchema.describe('the operator who did it'),
  stock: stockLevelSchema.describe('what there is afterwards'),
  adjustedAt: z.iso.datetime().describe('when it was done'),
});
export type StockAdjusted = z.infer<typeof stockAdjustedSchema>;

/** `product.stockLow`: what is available has fallen to the product's threshold or below it; once per crossing. */
export const stockLowSchema = z.object({
  productId: idSchema.describe('id of the product'),
  sku: z.string().describe('sku of the product'),
  name: z.string().describe('name of the product'),
  available: z.number().int().min(0).describe('units that can still be ordered'),
  threshold: z.number().int().min(0).describe('`lowStockThreshold` of the product'),
  crossedAt: z.iso.datetime().describe('when the stock fell to the threshold'),
});
export type StockLow = z.infer<typeof stockLowSchema>;

/** `product.adjustStock`: an operator's command, answered with the adjustment. */
export const adjustStockSchema = z.object({
  caller: callerSchema,
  productId: productRefSchema,
  delta: z
    .number()
    .int()
    .min(-MAX_STOCK)
    .max(MAX_STOCK)
    .refine((delta) => delta !== 0, 'must not be 0'),
  reason: adjustmentReasonSchema,
  idempotencyKey: idempotencyKeySchema.optional(),
});
export type AdjustStock = z.infer<typeof adjustStockSchema>;

/** One adjustment as callers see it. */
export const stockAdjustmentViewSchema = stockAdjustedSchema.extend({ id: idSchema });
export type StockAdjustmentView = z.infer<typeof stockAdjustmentViewSchema>;

export interface StockAdjustmentMade {
  adjustment: StockAdjustmentView;
  /** The stored answer of an earlier request with the same key. */
  replayed: boolean;
}

export const movementKindSchema = z.enum(['initial', 'restock', 'write-off', 'reserve', 'release', 'sell']);
export type MovementKind = z.infer<typeof movementKindSchema>;

/** `product.movements`: an operator's query for the stock ledger of a product, newest first. */
export const listMovementsSchema = listProductsSchema.extend({ caller: callerSchema, productId: productRefSchema });
export type ListMovements = z.infer<typeof listMovementsSchema>;

/** One movement in the stock ledger as operators see it. All of a product's movements add up to what there is of it. */
export const stockMovementViewSchema = z.object({
  position: z.number().int().min(1).describe('place in the ledger of all products: grows, with gaps'),
  kind: movementKindSchema,
  delta: z
    .object({
      available: z.number().int().describe('units that can be ordered'),
      reserved: z.number().int().describe('units that orders hold'),
      sold: z.number().int().describe('units that have left with orders'),
    })
    .describe('units more, or, negative, less'),
  orderId: idSchema.nullable().describe('the order that reserved or released; null for what an operator did'),
  reason: z.string().nullable().describe('what the operator gave as the reason of an adjustment'),
  adjustedBy: clientIdSchema.nullable().describe('the operator who adjusted'),
  createdAt: z.iso.datetime(),
});
export type StockMovementView = z.infer<typeof stockMovementViewSchema>;

export interface StockMovementPage {
  data: StockMovementView[];
  nextCursor: string | null;
}

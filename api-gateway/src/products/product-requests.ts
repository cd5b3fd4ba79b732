import {
  type AdjustStock,
  adjustStockSchema,
  type ListProducts,
  listProductsSchema,
  type ProductChanges,
  type ProductDescription,
  priceSchema,
  productChangesSchema,
  productDescriptionSchema,
  productRefSchema,
} from '@holdfast/contracts';
import { z } from 'zod';
import { limitParameter } from '../http/limit-parameter.js';
import { ProblemError } from '../http/problem.js';
import { validate } from '../http/validate.js';

/** Body of `POST /products`. */
export const productBodySchema = productDescriptionSchema.extend({ price: priceSchema.strict() }).strict();

/** Body of `PATCH /products/{id}`. */
export const productChangesBodySchema = productChangesSchema
  .extend({ price: priceSchema.strict().optional() })
  .strict()
  .refine((changes) => Object.keys(changes).length > 0, {
    error: 'must have at least one field to change',
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ minProperties: 1 });

/** Body of `POST /products/{id}/stock-adjustments`. */
export const stockAdjustmentBodySchema = adjustStockSchema.pick({ delta: true, reason: true }).strict();

/** Query of `GET /products` and of `GET /products/{id}/movements`. */
export const productsQuerySchema = z.strictObject({
  limit: limitParameter(listProductsSchema.shape.limit),
  cursor: listProductsSchema.shape.cursor,
});

/** @throws ProblemError PRODUCT_NOT_FOUND for what can be neither id nor sku: to whoever asks it is the same. */
export function productRefOf(parameter: string): string {
  if (productRefSchema.safeParse(parameter).success) return parameter;
  throw new ProblemError('PRODUCT_NOT_FOUND', 'There is no product with this id or sku.');
}

/** @throws ProblemError VALIDATION_FAILED */
export const stockAdjustmentOf = (body: unknown): Pick<AdjustStock, 'delta' | 'reason'> =>
  validate(stockAdjustmentBodySchema, body, 'body');

/** @throws ProblemError VALIDATION_FAILED */
export const productInputOf = (body: unknown): ProductDescription => validate(productBodySchema, body, 'body');

/** @throws ProblemError VALIDATION_FAILED */
export const productChangesOf = (body: unknown): ProductChanges => validate(productChangesBodySchema, body, 'body');

/** @throws ProblemError VALIDATION_FAILED */
export function productsQueryOf(query: unknown): ListProducts {
  const { limit, cursor } = validate(productsQuerySchema, query, 'query');
  return { limit, ...(cursor !== undefined && { cursor }) };
}

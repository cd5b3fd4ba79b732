import {
  type CreateProduct,
  createProductSchema,
  type ListProducts,
  listProductsSchema,
  priceSchema,
} from '@holdfast/contracts';
import { z } from 'zod';
import { validate } from '../http/validate.js';

const DEFAULT_LIMIT = 50;
const LIMIT = 'must be a whole number from 1 to 100';

/** Body of `POST /products`. */
export const productBodySchema = createProductSchema.extend({ price: priceSchema.strict() }).strict();

/** Query of `GET /products`. */
export const productsQuerySchema = z.strictObject({
  limit: z
    .string(LIMIT)
    .regex(/^[0-9]{1,3}$/, LIMIT)
    .transform(Number)
    .refine((limit) => listProductsSchema.shape.limit.safeParse(limit).success, LIMIT)
    .default(DEFAULT_LIMIT),
  cursor: listProductsSchema.shape.cursor,
});

/** @throws ProblemError VALIDATION_FAILED */
export const productInputOf = (body: unknown): CreateProduct => validate(productBodySchema, body, 'body');

/** @throws ProblemError VALIDATION_FAILED */
export function productsQueryOf(query: unknown): ListProducts {
  const { limit, cursor } = validate(productsQuerySchema, query, 'query');
  return { limit, ...(cursor !== undefined && { cursor }) };
}

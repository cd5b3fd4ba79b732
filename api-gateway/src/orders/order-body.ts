import {
  type CreateOrder,
  MAX_ORDER_LINES,
  orderLineSchema,
  productRefSchema,
  quantitySchema,
  referenceSchema,
} from '@holdfast/contracts';
import { z } from 'zod';
import { invalid, validate } from '../http/validate.js';

const singleLineSchema = z.strictObject({
  productId: productRefSchema,
  quantity: quantitySchema,
  reference: referenceSchema.optional(),
});

const severalLinesSchema = z.strictObject({
  items: z.array(orderLineSchema.strict()).min(1).max(MAX_ORDER_LINES),
  reference: referenceSchema.optional(),
});

/** Body of `POST /orders`: one line, or several in `items`; all or nothing either way. */
export const orderBodySchema = z.union([singleLineSchema, severalLinesSchema]);

export type OrderInput = Pick<CreateOrder, 'items' | 'reference'>;

/**
 * Reads the body of `POST /orders`.
 *
 * @throws ProblemError VALIDATION_FAILED
 */
export function orderInputOf(body: unknown): OrderInput {
  // The form is chosen by what is there, so that a fault is told against the form that was meant.
  if (typeof body !== 'object' || body === null || !('items' in body)) {
    const { productId, quantity, reference } = validate(singleLineSchema, body, 'body');
    return { items: [{ productId, quantity }], ...(reference !== undefined && { reference }) };
  }
  refuseManyLines(body.items);
  const { items, reference } = validate(severalLinesSchema, body, 'body');
  return { items, ...(reference !== undefined && { reference }) };
}

/** Counts before anything is looked at: 100 kB of faulty lines are 50,000, and each would cost a fault report. */
function refuseManyLines(items: unknown): void {
  if (!Array.isArray(items) || items.length <= MAX_ORDER_LINES) return;
  throw invalid('body', [
    { pointer: '/items', detail: `must have at most ${MAX_ORDER_LINES} items, not ${items.length}` },
  ]);
}

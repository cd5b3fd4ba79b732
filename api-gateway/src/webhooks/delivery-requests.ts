import { isUuid, type ListDeliveries, listDeliveriesSchema } from '@holdfast/contracts';
import { z } from 'zod';
import { limitParameter } from '../http/limit-parameter.js';
import { ProblemError } from '../http/problem.js';
import { requireOrder, utcTimeSchema } from '../http/time-range.js';
import { validate } from '../http/validate.js';

const { limit, cursor, status, eventType } = listDeliveriesSchema.shape;

/** Query of `GET /webhooks/{id}/deliveries`. */
const deliveriesQuerySchema = requireOrder(
  z.strictObject({
    limit: limitParameter(limit),
    cursor,
    status,
    eventType,
    from: utcTimeSchema.optional(),
    to: utcTimeSchema.optional(),
  }),
);

/** @throws ProblemError DELIVERY_NOT_FOUND for what has not the form of an id: to whoever asks it is the same. */
export function deliveryIdOf(parameter: string): string {
  if (!isUuid(parameter)) throw new ProblemError('DELIVERY_NOT_FOUND', 'There is no delivery with this id.');
  return parameter.toLowerCase();
}

/** @throws ProblemError VALIDATION_FAILED */
export const deliveriesQueryOf = (query: unknown): Omit<ListDeliveries, 'caller' | 'webhookId'> =>
  validate(deliveriesQuerySchema, query, 'query');

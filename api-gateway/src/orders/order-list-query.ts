import { type ListOrders, listOrdersSchema, productRefSchema } from '@holdfast/contracts';
import { z } from 'zod';
import { limitParameter } from '../http/limit-parameter.js';
import { requireOrder, utcTimeSchema } from '../http/time-range.js';
import { validate } from '../http/validate.js';

const { limit, cursor, status, reference, clientId } = listOrdersSchema.shape;

const orderListQuerySchema = requireOrder(
  z.strictObject({
    status,
    productId: productRefSchema.optional(),
    reference,
    clientId,
    from: utcTimeSchema.optional(),
    to: utcTimeSchema.optional(),
    limit: limitParameter(limit),
    cursor,
  }),
);

/** Query of `GET /orders`; `productId` is an id or a sku. */
export type OrderListQuery = Omit<ListOrders, 'caller' | 'productNames'> & { productId?: string | undefined };

/** @throws ProblemError VALIDATION_FAILED */
export const orderListQueryOf = (query: unknown): OrderListQuery => validate(orderListQuerySchema, query, 'query');

import { z } from 'zod';
import { callerSchema } from './callers.js';
import { idSchema } from './ids.js';
import { orderStatusSchema } from './orders.js';

/** `orders.events`: a query, answered with {@link orderChangesSchema}. */
export const listOrderChangesSchema = z.object({
  caller: callerSchema,
  orderId: idSchema,
  /** The version that the caller has seen; 0 for none. */
  afterVersion: z.number().int().min(0),
});
export type ListOrderChanges = z.infer<typeof listOrderChangesSchema>;

/** The events that change an order; each raises its version by one. */
export const orderChangeTypeSchema = z.enum(['order.created', 'order.confirmed', 'order.rejected', 'order.cancelled']);
export type OrderChangeType = z.infer<typeof orderChangeTypeSchema>;

/** One change of an order: `data` of an event in its stream. */
export const orderChangeSchema = z.object({
  version: z.number().int().min(1).describe('version of the order from this change on; also the id of the event'),
  type: orderChangeTypeSchema.describe('what happened; also the name of the event'),
  status: orderStatusSchema.describe('status of the order from this change on'),
  at: z.iso.datetime().describe('when it happened'),
  data: z.record(z.string(), z.unknown()).describe('what there is to say of it, by type, as in callbacks'),
});
export type OrderChange = z.infer<typeof orderChangeSchema>;

/** The answer to `orders.events`: the order as it is now, and its changes after the version that was asked for, in order. */
export const orderChangesSchema = z.object({
  version: z.number().int().min(1),
  status: orderStatusSchema,
  changes: z.array(orderChangeSchema),
});
export type OrderChanges = z.infer<typeof orderChangesSchema>;

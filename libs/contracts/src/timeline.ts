import { z } from 'zod';
import { callerSchema } from './callers.js';
import { idSchema } from './ids.js';
import { MAX_ORDER_LINES } from './orders.js';

/** The most entries of one timeline. */
export const MAX_TIMELINE_ENTRIES = 1_000;

/** Far more events than an order has, which has about ten, and one for each of its lines where stock becomes low. */
export const MAX_TIMELINE_EVENT_IDS = 2 * MAX_ORDER_LINES;

/**
 * `orders.timeline`, `products.timeline`: queries, each answered with what the service knows of an order, as
 * {@link timelinePartSchema}. What is not the caller's is no part of it.
 */
export const ofOrderTimelineSchema = z.object({ caller: callerSchema, orderId: idSchema });
export type OfOrderTimeline = z.infer<typeof ofOrderTimelineSchema>;

/** `webhooks.timeline`: a query for the attempts to tell the caller's webhooks of events. */
export const ofEventsTimelineSchema = z.object({
  caller: callerSchema,
  eventIds: z.array(z.string().min(1).max(255)).max(MAX_TIMELINE_EVENT_IDS),
});
export type OfEventsTimeline = z.infer<typeof ofEventsTimelineSchema>;

/** Whose account an entry is. */
export const timelineServiceSchema = z.enum(['gateway', 'orders', 'products', 'webhooks']);
export type TimelineService = z.infer<typeof timelineServiceSchema>;

/**
 * `request`: somebody asked for something; `event`: it happened and was published; `message`: one service asked another;
 * `stock-movement`: units changed between available and reserved; `webhook-attempt`: a callback was sent.
 */
export const timelineKindSchema = z.enum(['request', 'event', 'message', 'stock-movement', 'webhook-attempt']);

export const timelineEntrySchema = z.object({
  at: z.iso.datetime().describe('when, by the clock of the service'),
  service: timelineServiceSchema.describe('whose account it is'),
  kind: timelineKindSchema.describe('what it is'),
  type: z.string().describe('type of the event or message, name of the request, or what the movement does'),
  id: z.string().describe('id of the request, event, message, movement or attempt'),
  causedBy: z.string().nullable().describe('id of the request, event or message that caused it; null for a request'),
  data: z.record(z.string(), z.unknown()).describe('what there is to say of it, by type'),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** What one service knows, in the order in which it happened there. */
export const timelinePartSchema = z.object({
  entries: z.array(timelineEntrySchema),
  truncated: z.boolean().describe(`there is more than ${MAX_TIMELINE_ENTRIES}`),
});
export type TimelinePart = z.infer<typeof timelinePartSchema>;

/** Everything that happened to an order; a cause comes before its effect. */
export const orderTimelineSchema = z.object({
  data: z.array(timelineEntrySchema),
  incomplete: z.array(timelineServiceSchema).describe('services that did not answer: what they know is missing'),
  truncated: z.boolean().describe(`there is more than fits into ${MAX_TIMELINE_ENTRIES} entries`),
});
export type OrderTimeline = z.infer<typeof orderTimelineSchema>;

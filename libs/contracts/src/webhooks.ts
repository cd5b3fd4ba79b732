import { z } from 'zod';
import { callerSchema, clientIdSchema } from './callers.js';
import { idSchema } from './ids.js';
import { idempotencyKeySchema } from './orders.js';
import { disabledReasonSchema, type WebhookEventType, webhookEventTypes } from './webhook-events.js';

export const MAX_URL_LENGTH = 2_000;
export const MAX_OVERLAP_S = 7 * 86_400;
export const DEFAULT_OVERLAP_S = 86_400;

const GROUPS = ['*', 'order.*', 'product.*', 'webhook.*'] as const;

/** An event type, a group such as `order.*`, or `*`. */
export const eventTypeFilterSchema = z.enum([...GROUPS, ...webhookEventTypes]);
export type EventTypeFilter = z.infer<typeof eventTypeFilterSchema>;

/** Whether a filter names an event type. */
export const filterMatches = (filter: EventTypeFilter, type: WebhookEventType): boolean =>
  filter === '*' || filter === type || (filter.endsWith('.*') && type.startsWith(filter.slice(0, -1)));

export const orderingSchema = z.enum(['per-subject', 'none']);
export type Ordering = z.infer<typeof orderingSchema>;

/** http or https, without credentials. Where it may lead is for the service to say. */
export const webhookUrlSchema = z
  .string()
  .max(MAX_URL_LENGTH)
  // A URL parser drops them in silence; the text would go to logs and terminals as it is.
  .regex(/^[^\p{Cc}\s]*$/u, 'must not contain blanks or control characters')
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http or https URL')
  .refine(
    (text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''),
    'must not contain credentials: callbacks are signed instead',
  );

export const webhookDescriptionSchema = z
  .string()
  .max(500)
  .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

const eventTypesSchema = z
  .array(eventTypeFilterSchema)
  .min(1)
  .max(GROUPS.length + webhookEventTypes.length);

/** What its owner says of a subscription. */
export const webhookSettingsSchema = z.object({
  url: webhookUrlSchema,
  eventTypes: eventTypesSchema,
  description: webhookDescriptionSchema.optional(),
  enabled: z.boolean().optional(),
  ordering: orderingSchema.optional(),
  maxPerSecond: z.number().int().min(1).max(10_000).nullable().optional(),
});
export type WebhookSettings = z.infer<typeof webhookSettingsSchema>;

/** A subscription as callers see it. */
export const webhookViewSchema = z.object({
  id: idSchema,
  clientId: clientIdSchema,
  url: z.string(),
  eventTypes: z.array(eventTypeFilterSchema),
  description: z.string(),
  enabled: z.boolean(),
  disabledReason: disabledReasonSchema.nullable(),
  ordering: orderingSchema,
  maxPerSecond: z.number().int().nullable(),
  /** Since when every attempt has failed; null while the endpoint answers. */
  failingSince: z.iso.datetime().nullable(),
  /** Until when nothing is sent because the endpoint asked for it with `Retry-After`. */
  heldUntil: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  version: z.number().int().min(1),
});
export type WebhookView = z.infer<typeof webhookViewSchema>;

/** The answer to `POST /webhooks` and to a rotation: the only ones that show the secret. */
export const webhookWithSecretSchema = webhookViewSchema.extend({
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{43}=$/),
});
export type WebhookWithSecret = z.infer<typeof webhookWithSecretSchema>;

export interface WebhookCreated {
  webhook: WebhookWithSecret;
  /** The stored answer of an earlier request with the same key. */
  replayed: boolean;
}

/** A request that may be repeated under a key: {@link Reply} says whether its answer is that of an earlier one. */
const keyed = { idempotencyKey: idempotencyKeySchema.optional() };

/** A change of what the caller has seen: `ifVersion` is the version that it saw. */
const conditional = { ifVersion: z.number().int().min(1).optional() };

export const createWebhookSchema = webhookSettingsSchema.extend({ caller: callerSchema, ...keyed });
export type CreateWebhook = z.infer<typeof createWebhookSchema>;

const ofOneWebhookSchema = z.object({ caller: callerSchema, webhookId: idSchema });
const pageSchema = z.object({
  limit: z.number().int().min(1).max(100),
  cursor: z.string().min(1).max(200).optional(),
});

/** `webhooks.get`. */
export const webhookRefSchema = ofOneWebhookSchema;
export type WebhookRef = z.infer<typeof webhookRefSchema>;

/** `webhooks.update`: only what is there is changed. */
export const updateWebhookSchema = ofOneWebhookSchema.extend({
  changes: webhookSettingsSchema.partial(),
  ...conditional,
});
export type UpdateWebhook = z.infer<typeof updateWebhookSchema>;

export const deleteWebhookSchema = ofOneWebhookSchema.extend(conditional);
export type DeleteWebhook = z.infer<typeof deleteWebhookSchema>;

/** `webhooks.enable`, `webhooks.disable`. */
export const switchWebhookSchema = ofOneWebhookSchema.extend({ ...conditional, ...keyed });
export type SwitchWebhook = z.infer<typeof switchWebhookSchema>;

export const testWebhookSchema = ofOneWebhookSchema.extend(keyed);
export type TestWebhook = z.infer<typeof testWebhookSchema>;

export const rotateSecretSchema = ofOneWebhookSchema.extend({
  ...conditional,
  ...keyed,
  /** How long the old secret signs too. */
  overlapSeconds: z.number().int().min(0).max(MAX_OVERLAP_S).optional(),
});
export type RotateSecret = z.infer<typeof rotateSecretSchema>;

export const replayWebhookSchema = ofOneWebhookSchema.extend({
  ...keyed,
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  eventTypes: eventTypesSchema.optional(),
  /** Leaves out what the subscriber has acknowledged. */
  onlyMissing: z.boolean().optional(),
  /** Counts and does nothing. */
  dryRun: z.boolean().optional(),
});
export type ReplayWebhook = z.infer<typeof replayWebhookSchema>;

export const replayResultSchema = z.object({ deliveries: z.number().int().min(0), dryRun: z.boolean() });
export type ReplayResult = z.infer<typeof replayResultSchema>;

/** `webhooks.list`: newest first. */
export const listWebhooksSchema = pageSchema.extend({ caller: callerSchema });
export type ListWebhooks = z.infer<typeof listWebhooksSchema>;

export interface WebhookPage {
  data: WebhookView[];
  nextCursor: string | null;
}

/**
 * `pending`: on its way, or waiting for its turn, its next attempt or an endpoint that is held or disabled. `dead`: the
 * last attempt failed; it stays until somebody retries it. `failed`: a test that failed; tests are not tried again.
 */
export const deliveryStatusSchema = z.enum(['pending', 'delivered', 'dead', 'failed']);
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

/** Why an attempt got no answer, or was not made. */
export const attemptErrorSchema = z.enum([
  'ADDRESS_NOT_ALLOWED',
  'NAME_NOT_RESOLVED',
  'CONNECTION_REFUSED',
  'CONNECTION_RESET',
  'CONNECT_FAILED',
  'TLS_FAILED',
  'DEADLINE_EXCEEDED',
  'MALFORMED_ANSWER',
]);
export type AttemptError = z.infer<typeof attemptErrorSchema>;

export const attemptViewSchema = z.object({
  /** From 1. */
  number: z.number().int().min(1),
  at: z.iso.datetime(),
  durationMs: z.number().int().min(0),
  /** Status of the answer; null where there was none. */
  status: z.number().int().nullable(),
  /** Null where there was an answer. */
  error: attemptErrorSchema.nullable(),
  /** A sentence on what went wrong; null for a success. */
  detail: z.string().nullable(),
  /** The first 1 kB of the answer's body. */
  answer: z.string().nullable(),
});
export type AttemptView = z.infer<typeof attemptViewSchema>;

/** A delivery as callers see it: one event for one subscription. */
export const deliveryViewSchema = z.object({
  id: idSchema,
  webhookId: idSchema,
  eventId: z.string(),
  eventType: z.enum(webhookEventTypes),
  subject: z.string(),
  sequence: z.number().int().min(1),
  previousEventId: z.string().nullable(),
  status: deliveryStatusSchema,
  attemptCount: z.number().int().min(0),
  /** Null unless it is pending. */
  nextAttemptAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type DeliveryView = z.infer<typeof deliveryViewSchema>;

/** One delivery with its attempts, oldest first, and the event's data as it was sent. */
export const deliveryDetailSchema = deliveryViewSchema.extend({
  attempts: z.array(attemptViewSchema),
  data: z.record(z.string(), z.unknown()),
});
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;

/** The answer to `POST /webhooks/{id}/test`. */
export const webhookTestResultSchema = z.object({ delivery: deliveryViewSchema, attempt: attemptViewSchema });
export type WebhookTestResult = z.infer<typeof webhookTestResultSchema>;

/** `deliveries.list`: newest first. */
export const listDeliveriesSchema = pageSchema.extend({
  caller: callerSchema,
  webhookId: idSchema,
  status: deliveryStatusSchema.optional(),
  eventType: z.enum(webhookEventTypes).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export type ListDeliveries = z.infer<typeof listDeliveriesSchema>;

export interface DeliveryPage {
  data: DeliveryView[];
  nextCursor: string | null;
}

/** `deliveries.get`. */
export const deliveryRefSchema = z.object({ caller: callerSchema, deliveryId: idSchema });
export type DeliveryRef = z.infer<typeof deliveryRefSchema>;

export const retryDeliverySchema = deliveryRefSchema.extend(keyed);
export type RetryDelivery = z.infer<typeof retryDeliverySchema>;

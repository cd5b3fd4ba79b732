import { z } from 'zod';
import { orderCancelledSchema, orderConfirmedSchema, orderCreatedSchema, orderRejectedSchema } from './orders.js';
import { stockAdjustedSchema, stockLowSchema, stockReleasedSchema, stockReservedSchema } from './products.js';
import { idSchema } from './ids.js';
import { clientIdSchema } from './callers.js';

/** `webhook.test`: what `POST /webhooks/{id}/test` sends. It never passes RabbitMQ. */
export const webhookTestSchema = z.object({ webhookId: idSchema, clientId: clientIdSchema, message: z.string() });
export type WebhookTest = z.infer<typeof webhookTestSchema>;

/** Why a subscription gets no callbacks: its owner's wish, an answer 410, or days of failures. */
export const disabledReasonSchema = z.enum(['REQUESTED', 'GONE', 'FAILING']);
export type DisabledReason = z.infer<typeof disabledReasonSchema>;

/**
 * `webhook.disabled`: a subscription was disabled by the system; its events are held until somebody enables it. Of its URL
 * only the host is told: the rest may hold a secret.
 */
export const webhookDisabledSchema = z.object({
  webhookId: idSchema,
  clientId: clientIdSchema,
  host: z.string(),
  reason: disabledReasonSchema.exclude(['REQUESTED']),
  detail: z.string(),
  disabledAt: z.iso.datetime(),
});
export type WebhookDisabled = z.infer<typeof webhookDisabledSchema>;

/** Everything that a subscriber may ask for, by its type. */
export const webhookEvents = {
  'order.created': orderCreatedSchema,
  'order.confirmed': orderConfirmedSchema,
  'order.rejected': orderRejectedSchema,
  'order.cancelled': orderCancelledSchema,
  'product.stockReserved': stockReservedSchema,
  'product.stockReleased': stockReleasedSchema,
  'product.stockAdjusted': stockAdjustedSchema,
  'product.stockLow': stockLowSchema,
  'webhook.disabled': webhookDisabledSchema,
  'webhook.test': webhookTestSchema,
} as const satisfies Record<string, z.ZodType>;

export type WebhookEventType = keyof typeof webhookEvents;

export const webhookEventTypes = Object.keys(webhookEvents) as WebhookEventType[];

/** Body of a callback, as the Standard Webhooks specification has it, with what tells a subscriber of a gap. */
export const callbackSchema = z.object({
  /** Also the `webhook-id`: the same at every attempt and for every subscriber. */
  id: z.string(),
  type: z.enum(webhookEventTypes),
  /** When it happened. */
  timestamp: z.iso.datetime(),
  /** What it is about: `order/<id>`, `product/<id>` or `webhook/<id>`. */
  subject: z.string(),
  data: z.record(z.string(), z.unknown()),
  /** Counts, from 1, the events of this subject that are sent to this subscription. */
  sequence: z.number().int().min(1),
  /** Id of the one before it, null for the first. */
  previousEventId: z.string().nullable(),
});
export type Callback = z.infer<typeof callbackSchema>;

import { z } from 'zod';
import { clientIdSchema } from './callers.js';
import { idSchema } from './ids.js';
import { orderCancelledSchema, orderConfirmedSchema, orderCreatedSchema, orderRejectedSchema } from './orders.js';
import { stockAdjustedSchema, stockLowSchema, stockReleasedSchema, stockReservedSchema } from './products.js';

/** `webhook.test`: what `POST /webhooks/{id}/test` sends. It never passes RabbitMQ. */
export const webhookTestSchema = z.object({
  webhookId: idSchema.describe('id of the webhook that is tested'),
  clientId: clientIdSchema.describe('the client whose webhook it is'),
  message: z.string().describe('a sentence for people'),
});
export type WebhookTest = z.infer<typeof webhookTestSchema>;

/** Why a subscription gets no callbacks: its owner's wish, an answer 410, or days of failures. */
export const disabledReasonSchema = z.enum(['REQUESTED', 'GONE', 'FAILING']);
export type DisabledReason = z.infer<typeof disabledReasonSchema>;

/**
 * `webhook.disabled`: a subscription was disabled by the system; its events are held until somebody enables it. Of its URL
 * only the host is told: the rest may hold a secret.
 */
export const webhookDisabledSchema = z.object({
  webhookId: idSchema.describe('id of the webhook that was disabled'),
  clientId: clientIdSchema.describe('the client whose webhook it is'),
  host: z.string().describe('host of its URL'),
  reason: disabledReasonSchema.exclude(['REQUESTED']).describe('why, for programs'),
  detail: z.string().describe('why, in a sentence for people'),
  disabledAt: z.iso.datetime().describe('when it was disabled'),
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
  id: z.string().describe('id of the event, also in `webhook-id`: the same at every attempt and for every subscriber'),
  type: z.enum(webhookEventTypes).describe('what happened'),
  timestamp: z.iso.datetime().describe('when it happened'),
  subject: z.string().describe('what it is about: `order/<id>`, `product/<id>` or `webhook/<id>`'),
  data: z.record(z.string(), z.unknown()).describe('what there is to say of it, by type'),
  sequence: z.number().int().min(1).describe('its number among the events of this subject for this webhook'),
  previousEventId: z.string().nullable().describe('id of the event with the `sequence` before; null for the first'),
});
export type Callback = z.infer<typeof callbackSchema>;

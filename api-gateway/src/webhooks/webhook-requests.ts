import {
  isUuid,
  type ListWebhooks,
  listWebhooksSchema,
  type ReplayWebhook,
  type RotateSecret,
  replayWebhookSchema,
  rotateSecretSchema,
  type UpdateWebhook,
  type WebhookSettings,
  webhookSettingsSchema,
} from '@holdfast/contracts';
import { z } from 'zod';
import { limitParameter } from '../http/limit-parameter.js';
import { optionalBodyOf } from '../http/optional-body.js';
import { ProblemError } from '../http/problem.js';
import { requireOrder, utcTimeSchema } from '../http/time-range.js';
import { validate } from '../http/validate.js';

/** Body of `POST /webhooks`. */
export const webhookBodySchema = webhookSettingsSchema.strict();

/** Body of `PATCH /webhooks/{id}`. */
export const webhookChangesSchema = webhookSettingsSchema
  .partial()
  .strict()
  .refine((changes) => Object.keys(changes).length > 0, {
    error: 'must have at least one field to change',
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ minProperties: 1 });

/** Body of `POST /webhooks/{id}/rotate-secret`. */
export const rotationBodySchema = rotateSecretSchema.pick({ overlapSeconds: true }).strict();

/** Body of `POST /webhooks/{id}/replay`. */
export const replayBodySchema = requireOrder(
  replayWebhookSchema
    .omit({ caller: true, webhookId: true })
    .extend({ from: utcTimeSchema, to: utcTimeSchema })
    .strict(),
);

/** Query of `GET /webhooks`. */
const webhooksQuerySchema = z.strictObject({
  limit: limitParameter(listWebhooksSchema.shape.limit),
  cursor: listWebhooksSchema.shape.cursor,
});

/** @throws ProblemError WEBHOOK_NOT_FOUND for what has not the form of an id: to whoever asks it is the same. */
export function webhookIdOf(parameter: string): string {
  if (!isUuid(parameter)) throw new ProblemError('WEBHOOK_NOT_FOUND', 'There is no webhook with this id.');
  return parameter.toLowerCase();
}

/** @throws ProblemError VALIDATION_FAILED */
export const webhookSettingsOf = (body: unknown): WebhookSettings => validate(webhookBodySchema, body, 'body');

/** @throws ProblemError VALIDATION_FAILED */
export const webhookChangesOf = (body: unknown): UpdateWebhook['changes'] =>
  validate(webhookChangesSchema, body, 'body');

/** @throws ProblemError VALIDATION_FAILED */
export const rotationOf = (body: unknown): Pick<RotateSecret, 'overlapSeconds'> =>
  optionalBodyOf(rotationBodySchema, body);

/** @throws ProblemError VALIDATION_FAILED */
export const replayOf = (body: unknown): Omit<ReplayWebhook, 'caller' | 'webhookId'> =>
  validate(replayBodySchema, body, 'body');

/** @throws ProblemError VALIDATION_FAILED */
export const webhooksQueryOf = (query: unknown): Omit<ListWebhooks, 'caller'> =>
  validate(webhooksQuerySchema, query, 'query');

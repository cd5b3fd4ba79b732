import { type ErrorCode, listWebhooksSchema, MAX_OVERLAP_S } from '@holdfast/contracts';
import { jsonContent } from '../json-schema.js';
import {
  ALWAYS,
  answer,
  conditional,
  cursor,
  emptyAnswer,
  idempotencyKey,
  ifMatch,
  ifNoneMatch,
  limit,
  path,
  problems,
  REPLAYED,
  WITH_BODY,
  WITH_IDEMPOTENCY,
} from '../openapi-parts.js';

const tags = ['webhooks'];
const id = path('id', 'id of the webhook', { type: 'string', format: 'uuid' });
const body = (schema: string, required = true) => ({ required, content: jsonContent(schema) });
const ofOne = (...codes: ErrorCode[]) => problems([...ALWAYS, 'WEBHOOK_NOT_FOUND', 'URI_TOO_LONG', ...codes]);
const changed = (description: string) => ({ 200: answer(description, 'Webhook', { ETag: 'validator' }) });
const replayable = { 'Idempotency-Replayed': REPLAYED };
const switched = (description: string) => ({
  200: answer(description, 'Webhook', { ETag: 'validator', ...replayable }),
});

const create = {
  operationId: 'createWebhook',
  summary: 'Subscribe to events',
  description:
    'Keep the `secret`: it verifies the signatures, and no later answer shows it. Only a repeat with the same ' +
    '`Idempotency-Key` does, which gets this answer again, byte for byte, also when the webhook was changed or deleted ' +
    'since: it says what was done then. It is kept encrypted, as long as the history of deliveries is and for a day at ' +
    'least; the same holds for what is done with a webhook under a key.',
  tags,
  parameters: [idempotencyKey()],
  requestBody: body('WebhookRequest'),
  responses: {
    201: answer('The webhook and its secret', 'WebhookWithSecret', {
      Location: 'path of the webhook',
      ETag: 'validator',
      'Idempotency-Replayed': REPLAYED,
    }),
    ...problems([
      ...ALWAYS,
      ...WITH_BODY,
      ...WITH_IDEMPOTENCY,
      'FORBIDDEN',
      'WEBHOOK_NOT_FOUND',
      'WEBHOOK_LIMIT_REACHED',
      'URL_NOT_ALLOWED',
    ]),
  },
};

const list = {
  operationId: 'listWebhooks',
  summary: 'List webhooks, newest first',
  description: "One's own; an operator gets everyone's.",
  tags,
  parameters: [limit('webhooks', listWebhooksSchema.shape.limit), cursor()],
  responses: { 200: answer('One page', 'WebhookPage'), ...problems([...ALWAYS, 'VALIDATION_FAILED']) },
};

const show = {
  operationId: 'showWebhook',
  summary: 'Show a webhook',
  description: "Another client's webhook is 404.",
  tags,
  parameters: [id, ifNoneMatch()],
  responses: { ...conditional('The webhook', 'Webhook'), ...ofOne() },
};

const update = {
  operationId: 'updateWebhook',
  summary: 'Change a webhook',
  description: 'Changes the fields that are there; `maxPerSecond: null` takes the limit away.',
  tags,
  parameters: [id, ifMatch()],
  requestBody: body('WebhookChanges'),
  responses: { ...changed('The webhook'), ...ofOne(...WITH_BODY, 'FORBIDDEN', 'VERSION_MISMATCH', 'URL_NOT_ALLOWED') },
};

const remove = {
  operationId: 'deleteWebhook',
  summary: 'Delete a webhook',
  description: 'What was still to be sent to it is not sent.',
  tags,
  parameters: [id, ifMatch()],
  responses: { 204: emptyAnswer('It is gone'), ...ofOne(...WITH_BODY, 'VERSION_MISMATCH') },
};

const rotateSecret = {
  operationId: 'rotateWebhookSecret',
  summary: 'Give a webhook a new secret',
  description:
    'The old secret signs too for `overlapSeconds`: a day if not given, ' +
    `${MAX_OVERLAP_S / 86_400} days at most, and with 0 not at all. Two rotations drop the oldest secret: send an ` +
    '`Idempotency-Key`, under which a repeat changes nothing and shows the secret that the first request made, also when ' +
    'it was rotated away since.',
  tags,
  parameters: [id, ifMatch(), idempotencyKey()],
  requestBody: body('SecretRotation', false),
  responses: {
    200: answer('The webhook and its new secret', 'WebhookWithSecret', { ETag: 'validator', ...replayable }),
    ...ofOne(...WITH_BODY, ...WITH_IDEMPOTENCY, 'VERSION_MISMATCH'),
  },
};

const test = {
  operationId: 'testWebhook',
  summary: 'Send a test to a webhook',
  description:
    'Sends `webhook.test` now, once, and answers with what came of it; that takes up to 15 s. A repeat with the same ' +
    '`Idempotency-Key` sends nothing: while the first is under way it is refused with IDEMPOTENCY_KEY_IN_USE.',
  tags,
  parameters: [id, idempotencyKey()],
  responses: {
    200: answer('The delivery and its attempt', 'WebhookTestResult', replayable),
    ...ofOne(...WITH_BODY, ...WITH_IDEMPOTENCY),
  },
};

const enable = {
  operationId: 'enableWebhook',
  summary: 'Enable a webhook',
  description:
    'What was held while it was disabled is sent, oldest first. One that is enabled stays as it is. With an ' +
    '`Idempotency-Key` a repeat changes nothing even if the webhook was disabled since.',
  tags,
  parameters: [id, ifMatch(), idempotencyKey()],
  responses: { ...switched('The webhook'), ...ofOne(...WITH_BODY, ...WITH_IDEMPOTENCY, 'VERSION_MISMATCH') },
};

const disable = {
  operationId: 'disableWebhook',
  summary: 'Disable a webhook',
  description:
    'Its events are held, not dropped. One that is disabled stays as it is. With an `Idempotency-Key` a repeat changes ' +
    'nothing even if the webhook was enabled since.',
  tags,
  parameters: [id, ifMatch(), idempotencyKey()],
  responses: { ...switched('The webhook'), ...ofOne(...WITH_BODY, ...WITH_IDEMPOTENCY, 'VERSION_MISMATCH') },
};

const replay = {
  operationId: 'replayWebhook',
  summary: 'Send the events of a span of time again',
  description:
    'With `dryRun` they are counted only; `onlyMissing` leaves out what was delivered. A repeat sends them once more, ' +
    'unless it has the same `Idempotency-Key`.',
  tags,
  parameters: [id, idempotencyKey()],
  requestBody: body('ReplayRequest'),
  responses: {
    200: answer('How many it would be', 'ReplayResult', replayable),
    202: answer('How many are on their way', 'ReplayResult', replayable),
    ...ofOne(...WITH_BODY, ...WITH_IDEMPOTENCY),
  },
};

export const webhookPaths = {
  '/webhooks': { get: list, post: create },
  '/webhooks/{id}': { get: show, patch: update, delete: remove },
  '/webhooks/{id}/rotate-secret': { post: rotateSecret },
  '/webhooks/{id}/test': { post: test },
  '/webhooks/{id}/enable': { post: enable },
  '/webhooks/{id}/disable': { post: disable },
  '/webhooks/{id}/replay': { post: replay },
};

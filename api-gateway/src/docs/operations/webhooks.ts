import { type ErrorCode, listWebhooksSchema, MAX_OVERLAP_S } from '@holdfast/contracts';
import { jsonContent } from '../json-schema.js';
import {
  ALWAYS,
  answer,
  conditional,
  cursor,
  idempotencyKey,
  ifMatch,
  ifNoneMatch,
  limit,
  path,
  problems,
  REPLAYED,
  WITH_BODY,
} from '../openapi-parts.js';

const tags = ['webhooks'];
const id = path('id', 'id of the webhook', { type: 'string', format: 'uuid' });
const body = (schema: string, required = true) => ({ required, content: jsonContent(schema) });
const ofOne = (...codes: ErrorCode[]) => problems([...ALWAYS, 'WEBHOOK_NOT_FOUND', 'URI_TOO_LONG', ...codes]);
const changed = (description: string) => ({ 200: answer(description, 'Webhook', { ETag: 'validator' }) });

const create = {
  operationId: 'createWebhook',
  summary: 'Subscribe to events',
  description: 'Keep the `secret`: it verifies the signatures, and no later answer shows it.',
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
      'FORBIDDEN',
      'WEBHOOK_NOT_FOUND',
      'WEBHOOK_LIMIT_REACHED',
      'IDEMPOTENCY_KEY_IN_USE',
      'URL_NOT_ALLOWED',
      'IDEMPOTENCY_KEY_REUSED',
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
  parameters: [id],
  responses: { 204: { description: 'It is gone' }, ...ofOne(...WITH_BODY) },
};

const rotateSecret = {
  operationId: 'rotateWebhookSecret',
  summary: 'Give a webhook a new secret',
  description:
    'The old secret signs too for `overlapSeconds`: a day if not given, ' +
    `${MAX_OVERLAP_S / 86_400} days at most, and with 0 not at all.`,
  tags,
  parameters: [id],
  requestBody: body('SecretRotation', false),
  responses: {
    200: answer('The webhook and its new secret', 'WebhookWithSecret', { ETag: 'validator' }),
    ...ofOne(...WITH_BODY),
  },
};

const test = {
  operationId: 'testWebhook',
  summary: 'Send a test to a webhook',
  description: 'Sends `webhook.test` now, once, and answers with what came of it; that takes up to 15 s.',
  tags,
  parameters: [id],
  responses: { 200: answer('The delivery and its attempt', 'WebhookTestResult'), ...ofOne(...WITH_BODY) },
};

const enable = {
  operationId: 'enableWebhook',
  summary: 'Enable a webhook',
  description: 'What was held while it was disabled is sent, oldest first.',
  tags,
  parameters: [id],
  responses: { ...changed('The webhook'), ...ofOne(...WITH_BODY) },
};

const disable = {
  operationId: 'disableWebhook',
  summary: 'Disable a webhook',
  description: 'Its events are held, not dropped.',
  tags,
  parameters: [id],
  responses: { ...changed('The webhook'), ...ofOne(...WITH_BODY) },
};

const replay = {
  operationId: 'replayWebhook',
  summary: 'Send the events of a span of time again',
  description: 'With `dryRun` they are counted only; `onlyMissing` leaves out what was delivered.',
  tags,
  parameters: [id],
  requestBody: body('ReplayRequest'),
  responses: {
    200: answer('How many it would be', 'ReplayResult'),
    202: answer('How many are on their way', 'ReplayResult'),
    ...ofOne(...WITH_BODY),
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

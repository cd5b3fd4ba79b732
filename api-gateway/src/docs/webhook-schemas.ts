import {
  deliveryDetailSchema,
  deliveryViewSchema,
  replayResultSchema,
  webhookTestResultSchema,
  webhookViewSchema,
  webhookWithSecretSchema,
} from '@holdfast/contracts';
import {
  replayBodySchema,
  rotationBodySchema,
  webhookBodySchema,
  webhookChangesSchema,
} from '../webhooks/webhook-requests.js';
import {
  DELIVERY,
  DELIVERY_DETAIL,
  REPLAY_RESULT,
  TEST_RESULT,
  WEBHOOK,
  WEBHOOK_WITH_SECRET,
} from './examples/webhooks.js';
import { type JsonSchema, jsonSchemaOf, pageOf } from './json-schema.js';

const SUBSCRIPTION = { url: 'https://shop.example/hooks', eventTypes: ['order.*'], description: 'the shop' };
const REPLAY = { from: '2026-01-31T09:00:00Z', to: '2026-01-31T10:00:00Z', onlyMissing: true, dryRun: true };

/** What is sent to and answered by `/webhooks` and `/deliveries`. */
export const webhookSchemas = (): Record<string, JsonSchema> => ({
  WebhookRequest: { ...jsonSchemaOf(webhookBodySchema), examples: [SUBSCRIPTION] },
  WebhookChanges: { ...jsonSchemaOf(webhookChangesSchema), examples: [{ maxPerSecond: 50 }] },
  Webhook: { ...jsonSchemaOf(webhookViewSchema), examples: [WEBHOOK] },
  WebhookWithSecret: { ...jsonSchemaOf(webhookWithSecretSchema), examples: [WEBHOOK_WITH_SECRET] },
  WebhookPage: pageOf('Webhook', WEBHOOK),
  SecretRotation: { ...jsonSchemaOf(rotationBodySchema), examples: [{ overlapSeconds: 3_600 }] },
  ReplayRequest: { ...jsonSchemaOf(replayBodySchema), examples: [REPLAY] },
  ReplayResult: { ...jsonSchemaOf(replayResultSchema), examples: [REPLAY_RESULT] },
  WebhookTestResult: { ...jsonSchemaOf(webhookTestResultSchema), examples: [TEST_RESULT] },
  Delivery: { ...jsonSchemaOf(deliveryViewSchema), examples: [DELIVERY] },
  DeliveryDetail: { ...jsonSchemaOf(deliveryDetailSchema), examples: [DELIVERY_DETAIL] },
  DeliveryPage: pageOf('Delivery', DELIVERY),
});

import {
  type DeliveryDetail,
  type DeliveryView,
  type ReplayResult,
  type WebhookTestResult,
  type WebhookView,
  type WebhookWithSecret,
} from '@holdfast/contracts';
import { CONFIRMED_ORDER } from './orders.js';

export const WEBHOOK: WebhookView = {
  id: '019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74',
  clientId: 'shop',
  url: 'https://shop.example.com/callbacks',
  eventTypes: ['order.*', 'webhook.disabled'],
  description: 'Orders of the shop',
  enabled: true,
  disabledReason: null,
  ordering: 'per-subject',
  maxPerSecond: 50,
  failingSince: null,
  heldUntil: null,
  createdAt: '2026-01-05T09:25:20.000Z',
  updatedAt: '2026-01-05T09:25:20.000Z',
  version: 1,
};

export const WEBHOOK_WITH_SECRET: WebhookWithSecret = {
  ...WEBHOOK,
  secret: 'whsec_dGhpcyBpcyBhbiBleGFtcGxlIGFuZCBubyBzZWNyZXQ=',
};

export const DELIVERY: DeliveryView = {
  id: '019abf2e-7e10-7f02-8c3d-91a5b4e6d2f0',
  webhookId: WEBHOOK.id,
  eventId: '019abf2e-7db4-7d08-a7e5-91f4603b2cda',
  eventType: 'order.confirmed',
  subject: `order/${CONFIRMED_ORDER.id}`,
  sequence: 3,
  previousEventId: '019abf2e-7da1-7b6c-9f14-c3e80a5d7126',
  status: 'delivered',
  attemptCount: 1,
  nextAttemptAt: null,
  createdAt: '2026-01-05T09:30:00.060Z',
  finishedAt: '2026-01-05T09:30:00.180Z',
};

const ATTEMPT: DeliveryDetail['attempts'][number] = {
  number: 1,
  at: '2026-01-05T09:30:00.070Z',
  durationMs: 110,
  status: 200,
  error: null,
  detail: null,
  answer: '{"received":true}',
};

export const DELIVERY_DETAIL: DeliveryDetail = {
  ...DELIVERY,
  attempts: [ATTEMPT],
  data: { orderId: CONFIRMED_ORDER.id, status: 'CONFIRMED' },
};

export const TEST_RESULT: WebhookTestResult = {
  delivery: {
    ...DELIVERY,
    eventType: 'webhook.test',
    subject: `webhook/${WEBHOOK.id}`,
    sequence: 1,
    previousEventId: null,
  },
  attempt: ATTEMPT,
};

export const REPLAY_RESULT: ReplayResult = { deliveries: 12, dryRun: true };

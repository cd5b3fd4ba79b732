import {
  accepted,
  type DeliveryView,
  newId,
  type Reply,
  refused,
  type WebhookCreated,
  type WebhookTestResult,
  type WebhookView,
} from '@holdfast/contracts';

export const SECRET = `whsec_${'A'.repeat(43)}=`;

const NOW = '2026-01-02T03:04:05.678Z';

const NO_WEBHOOK = refused('WEBHOOK_NOT_FOUND', 'There is no such webhook.');
const NO_DELIVERY = refused('DELIVERY_NOT_FOUND', 'There is no such delivery.');

/** What the webhook service answers, without looking at who asks. */
export class WebhooksDouble {
  /** By id. */
  readonly webhooks = new Map<string, WebhookView>();
  readonly deliveries = new Map<string, DeliveryView>();
  private readonly createdByKey = new Map<string, WebhookCreated>();

  answer(pattern: string, data: Record<string, unknown>): Reply<unknown> {
    if (pattern === 'webhooks.create') return accepted(this.create(data));
    if (pattern === 'webhooks.list') return accepted({ data: [...this.webhooks.values()], nextCursor: 'next' });
    if (data.deliveryId !== undefined) return this.answerOfDelivery(pattern, String(data.deliveryId));
    const webhook = this.webhooks.get(String(data.webhookId));
    return webhook ? this.answerOf(pattern, webhook, data) : NO_WEBHOOK;
  }

  private answerOf(pattern: string, webhook: WebhookView, data: Record<string, unknown>): Reply<unknown> {
    if (data.ifVersion !== undefined && data.ifVersion !== webhook.version) {
      return refused('VERSION_MISMATCH', 'The webhook has another version.');
    }
    switch (pattern) {
      case 'webhooks.update':
        return accepted(this.change(webhook, data.changes as Partial<WebhookView>));
      case 'webhooks.delete':
        this.webhooks.delete(webhook.id);
        return accepted(null);
      case 'webhooks.enable':
      case 'webhooks.disable':
        return accepted(this.change(webhook, { enabled: pattern === 'webhooks.enable' }));
      case 'webhooks.rotateSecret':
        return accepted({ ...this.change(webhook, {}), secret: SECRET });
      case 'webhooks.test':
        return accepted(aTestResult(webhook.id));
      case 'webhooks.replay':
        return accepted({ deliveries: 3, dryRun: data.dryRun === true });
      case 'deliveries.list':
        return accepted({ data: [...this.deliveries.values()], nextCursor: null });
      default:
        return accepted(webhook);
    }
  }

  private answerOfDelivery(pattern: string, id: string): Reply<unknown> {
    const delivery = this.deliveries.get(id);
    if (!delivery) return NO_DELIVERY;
    if (pattern === 'deliveries.get') return accepted({ ...delivery, attempts: [], data: { orderId: newId() } });
    return accepted({ ...delivery, status: 'pending', nextAttemptAt: NOW });
  }

  private create(data: Record<string, unknown>): WebhookCreated {
    const key = String(data.idempotencyKey);
    const earlier = this.createdByKey.get(key);
    if (earlier) return { ...earlier, replayed: true };
    const webhook = aWebhook({ url: String(data.url) });
    const created = { webhook: { ...webhook, secret: SECRET }, replayed: false };
    this.webhooks.set(webhook.id, webhook);
    if (data.idempotencyKey !== undefined) this.createdByKey.set(key, created);
    return created;
  }

  private change(webhook: WebhookView, changes: Partial<WebhookView>): WebhookView {
    const changed = { ...webhook, ...changes, version: webhook.version + 1 };
    this.webhooks.set(webhook.id, changed);
    return changed;
  }
}

export function aWebhook(overrides: Partial<WebhookView> = {}): WebhookView {
  return {
    id: newId(),
    clientId: 'shop',
    url: 'https://shop.example/hooks',
    eventTypes: ['order.*'],
    description: '',
    enabled: true,
    disabledReason: null,
    ordering: 'per-subject',
    maxPerSecond: null,
    failingSince: null,
    heldUntil: null,
    createdAt: NOW,
    updatedAt: NOW,
    version: 1,
    ...overrides,
  };
}

export function aDelivery(overrides: Partial<DeliveryView> = {}): DeliveryView {
  return {
    id: newId(),
    webhookId: newId(),
    eventId: newId(),
    eventType: 'order.confirmed',
    subject: `order/${newId()}`,
    sequence: 2,
    previousEventId: newId(),
    status: 'dead',
    attemptCount: 6,
    nextAttemptAt: null,
    createdAt: NOW,
    finishedAt: NOW,
    ...overrides,
  };
}

const aTestResult = (webhookId: string): WebhookTestResult => ({
  delivery: aDelivery({ webhookId, eventType: 'webhook.test', status: 'delivered', attemptCount: 1 }),
  attempt: { number: 1, at: NOW, durationMs: 12, status: 200, error: null, detail: null, answer: 'ok' },
});

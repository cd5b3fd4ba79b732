import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import {
  type Caller,
  type CreateWebhook,
  type DeliveryDetail,
  type DeliveryPage,
  type MessageData,
  newId,
  type Pattern,
  type Reply,
  type WebhookCreated,
  type WebhookEventType,
  type WebhookWithSecret,
} from '@holdfast/contracts';
import { freePort } from '@holdfast/local-servers';
import { createLogger } from '@holdfast/platform';
import { type AmqpProbe, newDataDir, newRedisUrl, WebhookReceiver } from '@holdfast/testing';
import { loadWebhooksConfig } from '../src/config.js';
import { openWebhookPublisher, type WebhookPublisher } from '../src/webhook-publisher.js';

export const shop: Caller = { role: 'client', clientId: 'shop' };
export const operator: Caller = { role: 'operator', clientId: 'ops' };

/** The environment of a publisher that may send to this machine. */
export const publisherEnvironment = async (amqpUrl: string): Promise<Record<string, string>> => ({
  AMQP_URL: amqpUrl,
  REDIS_URL: newRedisUrl(),
  DATA_DIR: newDataDir(),
  WEBHOOKS_PORT: String(await freePort()),
  WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  // Tests run from the sources, which a thread cannot load; processes are tested with their threads.
  WEBHOOK_SENDER_THREADS: '0',
  WEBHOOK_ALLOW_HTTP: 'true',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  LOG_LEVEL: 'silent',
});

/** What a test asks of a publisher and of the broker, wherever the publisher runs. */
export class PublisherClient {
  constructor(private readonly probe: AmqpProbe) {}

  async ask<Value>(pattern: Pattern, data: object): Promise<Reply<Value>> {
    const queue = /get|list|test/.test(pattern) ? 'webhooks_queries' : 'webhooks_queue';
    const reply = (await this.probe.ask(queue, { pattern, data, id: newId() }, { messageId: newId() })) as {
      response: Reply<Value>;
    };
    return reply.response;
  }

  /** The value of an answer. @throws Error where the request was refused. */
  async get<Value>(pattern: Pattern, data: object): Promise<Value> {
    const reply = await this.ask<Value>(pattern, data);
    if (!reply.ok) throw new Error(`${pattern} was refused: ${reply.error.code} ${reply.error.detail}`);
    return reply.value;
  }

  /** Subscribes a path of a receiver, which knows the secret from then on. */
  async subscribe(
    receiver: WebhookReceiver,
    path: string,
    given: Partial<CreateWebhook> = {},
  ): Promise<WebhookWithSecret> {
    const request = { caller: shop, url: `${receiver.origin}${path}`, eventTypes: ['*'], ...given };
    const { webhook } = await this.get<WebhookCreated>('webhooks.create', request);
    receiver.expects(path, webhook.secret);
    return webhook;
  }

  deliveriesOf(webhookId: string, filter: object = {}): Promise<DeliveryPage> {
    return this.get('deliveries.list', { caller: operator, webhookId, limit: 100, ...filter });
  }

  delivery(deliveryId: string): Promise<DeliveryDetail> {
    return this.get('deliveries.get', { caller: operator, deliveryId });
  }

  /** Events as another service's relay publishes them, in this order. */
  async publishAll(events: readonly { type: WebhookEventType & Pattern; data: object }[]): Promise<void> {
    const messages = events.map(({ type, data }) => {
      const messageId = newId();
      const publication = { exchange: 'events', messageId, correlationId: messageId, persistent: true };
      return { routingKey: type, body: { pattern: type, data }, publication };
    });
    await this.probe.publishAll(messages);
  }

  /** An event as another service's relay publishes it. */
  async publish<T extends WebhookEventType & Pattern>(
    type: T,
    data: MessageData<T>,
    messageId = newId(),
  ): Promise<string> {
    const properties = { exchange: 'events', messageId, correlationId: messageId, persistent: true };
    await this.probe.publish(type, { pattern: type, data }, properties);
    return messageId;
  }
}

/** The service as `main` runs it, in this process and from its sources. */
export class RunningPublisher extends PublisherClient {
  private constructor(
    private readonly service: WebhookPublisher,
    readonly env: Record<string, string>,
    probe: AmqpProbe,
  ) {
    super(probe);
  }

  static async start(probe: AmqpProbe, env: Record<string, string>): Promise<RunningPublisher> {
    const config = loadWebhooksConfig(env);
    const service = await openWebhookPublisher(config, createLogger('webhooks', config.LOG_LEVEL));
    await service.start();
    return new RunningPublisher(service, env, probe);
  }

  get url(): string {
    return `http://127.0.0.1:${this.env.WEBHOOKS_PORT}`;
  }

  /** A sample of /metrics, by its name with labels. */
  async metric(series: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
    return Number(line?.slice(series.length + 1) ?? 'NaN');
  }

  stop(): Promise<void> {
    return this.service.stop();
  }
}

/** An order that has just been placed. */
export const anOrderCreated = (orderId = newId(), clientId = 'shop'): MessageData<'order.created'> => ({
  orderId,
  clientId,
  idempotencyKey: orderId,
  reference: null,
  status: 'PENDING',
  items: [{ productId: 'MUG', quantity: 1 }],
  createdAt: new Date().toISOString(),
});

export const anOrderRejected = (orderId = newId(), clientId = 'shop'): MessageData<'order.rejected'> => ({
  ...{ orderId, clientId, idempotencyKey: orderId, reference: null, status: 'REJECTED' },
  items: [{ productId: 'MUG', quantity: 1 }],
  reason: 'OUT_OF_STOCK',
  detail: '1 of MUG was asked for, 0 are there',
  rejectedAt: new Date().toISOString(),
});

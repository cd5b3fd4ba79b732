import {
  CreateDeadLetterActs1700000000100,
  CreateEventLogAndInbox1700000000000,
  DeadLetterDesk,
  deadLettersConsumer,
  KeyDeadLetterActs1700000000101,
  ServiceRuntime,
} from '@holdfast/messaging';
import { type Logger, PlatformModule } from '@holdfast/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { PrepareDeliveries } from './app/delivery/prepare-deliveries.js';
import { type CallbackSender, DeliveryWaker } from './app/ports.js';
import { type WebhooksConfig } from './config.js';
import { type DeliveryEngine, deliveryEngine } from './delivery-engine.js';
import { AttemptHistoryConsumer } from './inbound/attempt-history.consumer.js';
import { DeliveriesConsumer } from './inbound/deliveries.consumer.js';
import { EventsConsumer } from './inbound/events.consumer.js';
import { SubscriptionsConsumer } from './inbound/subscriptions.consumer.js';
import { AnswerRequestsOnce1700000000002 } from './migrations/answer-requests-once.js';
import { CreateWebhooks1700000000001 } from './migrations/create-webhooks.js';
import { IndexKeysByAge1700000000004 } from './migrations/index-keys-by-age.js';
import { MarkClock1700000000003 } from './migrations/mark-clock.js';
import { observeDeliveries, PrometheusDeliveryMetrics } from './outbound/delivery.metrics.js';
import { parseNetworks } from './outbound/http/address-policy.js';
import { HttpCallbackSender } from './outbound/http/callback-sender.js';
import { ThreadedCallbackSender } from './outbound/http/threaded-callback-sender.js';
import { type SendingRules, urlPolicy } from './outbound/http/url-policy.js';
import { AesSecretBox } from './outbound/secret-box.js';
import { SqlDatabaseClock } from './outbound/sql-database.clock.js';
import { systemClock } from './outbound/system.clock.js';
import { ownerProviders } from './owner-providers.js';
import { type Workers, workersOf } from './workers.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The tables of the service and how they came to be. */
export const webhooksSchema = {
  entities: [],
  migrations: [
    CreateEventLogAndInbox1700000000000,
    CreateWebhooks1700000000001,
    AnswerRequestsOnce1700000000002,
    MarkClock1700000000003,
    IndexKeysByAge1700000000004,
    CreateDeadLetterActs1700000000100,
    KeyDeadLetterActs1700000000101,
  ],
};

/** What the service stands on. */
export function openWebhooksRuntime(config: WebhooksConfig, logger: Logger): Promise<ServiceRuntime> {
  return ServiceRuntime.open({
    name: 'webhook-publisher',
    amqpUrls: config.AMQP_URL,
    redisUrl: config.REDIS_URL,
    database: { location: config.database, ...webhooksSchema },
    consumes: [
      { queue: 'webhooks_queue', prefetch: config.WEBHOOKS_PREFETCH },
      { queue: 'webhooks_queries', prefetch: config.WEBHOOKS_PREFETCH },
    ],
    commands: [],
    // With the deliveries of the events, of which it tells when they came.
    inboxKeepMs: config.WEBHOOK_RETENTION_DAYS * DAY_MS,
    logger,
  });
}

/** All wiring of the service. */
@Module({})
export class AppModule {
  static with(
    config: WebhooksConfig,
    runtime: ServiceRuntime,
    logger: Logger,
  ): { module: DynamicModule; workers: Workers } {
    const rules = {
      allowHttp: config.WEBHOOK_ALLOW_HTTP,
      allowedNetworks: parseNetworks(config.WEBHOOK_ALLOWED_NETWORKS).networks,
    };
    const sender = senderOf(config, rules);
    const secretBox = new AesSecretBox(config.WEBHOOK_ENCRYPTION_KEY);
    const engine = engineOf(config, runtime, sender, secretBox, logger);
    const { prepareDeliveries, dispatcher, sendOnce } = engine;
    const owners = ownerProviders({
      ...{ runtime, secretBox, sendOnce, waker: dispatcher, logger },
      urlPolicy: urlPolicy(rules),
      deadlineMs: config.WEBHOOK_DEADLINE_MS,
    });
    runtime.health.register('dispatcher', () => dispatcher.health());
    observeDeliveries(runtime.metrics, runtime.queries, dispatcher);
    return {
      workers: workersOf(config, runtime, { ...engine, sender, replayWorker: owners.replayWorker }, logger),
      module: {
        module: AppModule,
        imports: [PlatformModule.forPart(logger, runtime.metrics, runtime.health)],
        controllers: [
          EventsConsumer,
          SubscriptionsConsumer,
          DeliveriesConsumer,
          AttemptHistoryConsumer,
          deadLettersConsumer('webhooks'),
        ],
        providers: [
          { provide: DeadLetterDesk, useValue: runtime.openDeadLetterDesk('webhooks_queue') },
          { provide: PrepareDeliveries, useValue: prepareDeliveries },
          { provide: DeliveryWaker, useValue: dispatcher },
          ...owners.providers,
        ],
      },
    };
  }
}

function senderOf(config: WebhooksConfig, rules: SendingRules): CallbackSender {
  const deadlineMs = config.WEBHOOK_DEADLINE_MS;
  if (config.WEBHOOK_SENDER_THREADS === 0) return new HttpCallbackSender({ ...rules, deadlineMs });
  const program = new URL('./outbound/http/sender.thread.js', import.meta.url);
  const { allowHttp } = rules;
  const allowedNetworks = config.WEBHOOK_ALLOWED_NETWORKS;
  return new ThreadedCallbackSender(program, config.WEBHOOK_SENDER_THREADS, { allowHttp, allowedNetworks, deadlineMs });
}

function engineOf(
  config: WebhooksConfig,
  runtime: ServiceRuntime,
  sender: CallbackSender,
  secrets: AesSecretBox,
  logger: Logger,
): DeliveryEngine {
  const terms = {
    retryDelaysMs: config.WEBHOOK_RETRY_SCHEDULE,
    concurrency: config.WEBHOOK_CONCURRENCY,
    endpointConcurrency: config.WEBHOOK_ENDPOINT_CONCURRENCY,
    deadlineMs: config.WEBHOOK_DEADLINE_MS,
    disableAfterMs: config.WEBHOOK_DISABLE_AFTER_HOURS * HOUR_MS,
  };
  return deliveryEngine(terms, {
    database: { dialect: runtime.dialect, queries: runtime.queries, unitOfWork: runtime.unitOfWork },
    databaseClock: new SqlDatabaseClock(runtime.queries, runtime.dialect),
    sender,
    secrets,
    metrics: new PrometheusDeliveryMetrics(runtime.metrics),
    clock: systemClock,
    logger,
  });
}

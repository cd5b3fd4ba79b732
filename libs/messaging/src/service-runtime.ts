import { type DeadLetterQueue, type QueueName } from '@holdfast/contracts';
import {
  CommitWatch,
  type Database,
  type DatabaseOptions,
  type Dialect,
  HealthRegistry,
  type Logger,
  observedGauge,
  openDatabase,
  type Queries,
  type UnitOfWork,
  unitOfWorkMetrics,
} from '@holdfast/platform';
import { Registry } from 'prom-client';
import { type DataSource } from 'typeorm';
import { BrokerConnection } from './broker/broker-connection.js';
import { startingAnywhere } from './broker/broker-turns.js';
import { Publisher } from './broker/publisher.js';
import { ConsumerMetrics } from './consumer/consumer.metrics.js';
import { RabbitServer } from './consumer/rabbit-server.js';
import { Replier } from './consumer/replier.js';
import { observeDeadLetters } from './dead-letters/dead-letter.metrics.js';
import { DeadLetterDesk } from './dead-letters/dead-letter-desk.js';
import { type EventLogReader } from './event-log/event-log.reader.js';
import { openEventLog } from './event-log/open-event-log.js';
import { RELAY_LOCK, Relay } from './event-log/relay.js';
import { IdempotencyGate } from './idempotency/idempotency-gate.js';
import { RedisClient } from './idempotency/redis-client.js';
import { inboxRetention } from './retention/inbox-retention.js';
import { type Prunable } from './retention/prunable.js';
import { Pruner } from './retention/pruner.js';
import { declareEvents, declareQueue } from './topology.js';

export interface ServiceRuntimeOptions {
  /** The service's name, as consumer in the inbox and on its connections. */
  name: string;
  /** Nodes of one broker; all connections of the process start at the same one, any of them. */
  amqpUrls: readonly string[];
  redisUrl: string;
  /** How long a message waits for an answer of Redis; 500 if not given. */
  redisTimeoutMs?: number;
  database: Omit<DatabaseOptions, 'applicationName' | 'onWait'>;
  /** Queues it consumes. */
  consumes: readonly { queue: QueueName; prefetch: number }[];
  /** Queues of others that its commands go to. */
  commands: readonly QueueName[];
  /** How long inbox rows are kept; a week if not given. */
  inboxKeepMs?: number;
  /** What else is kept for some time only. */
  prunes?: readonly Prunable[];
  logger: Logger;
}

/**
 * What a service with rules of its own stands on: its database, its two broker connections, Redis, the consumer pipeline
 * and the relay of its event log; opened together, watched together, and closed in the order that loses nothing.
 */
export class ServiceRuntime {
  readonly health = new HealthRegistry();
  readonly server: RabbitServer;
  readonly relay: Relay;
  private readonly urls: readonly string[];
  private readonly consuming: BrokerConnection;
  private readonly publishing: BrokerConnection;
  private readonly redis: RedisClient;
  private readonly pruner: Pruner;
  private readonly commits: CommitWatch;
  private readonly desks: { desk: DeadLetterDesk; connection: BrokerConnection }[] = [];

  private constructor(
    private readonly options: ServiceRuntimeOptions,
    private readonly database: Database,
    readonly metrics: Registry,
  ) {
    const { name, logger } = options;
    const urls = startingAnywhere(options.amqpUrls);
    this.urls = urls;
    this.consuming = new BrokerConnection({ urls, name: `${name} consumes`, logger });
    this.publishing = new BrokerConnection({ urls, name: `${name} publishes`, logger });
    const { redisUrl, redisTimeoutMs } = options;
    this.redis = new RedisClient(
      redisUrl,
      logger,
      redisTimeoutMs === undefined ? {} : { commandTimeoutMs: redisTimeoutMs },
    );
    const prunables = [inboxRetention(options.inboxKeepMs), ...(options.prunes ?? [])];
    this.pruner = new Pruner(prunables, database.unitOfWork, logger);
    this.commits = new CommitWatch(database, logger);
    const consumerMetrics = new ConsumerMetrics(this.metrics);
    const publisher = new Publisher(this.publishing, 'events', async (channel) => {
      await declareEvents(channel);
      for (const queue of options.commands) await declareQueue(channel, queue);
    });
    const reader = openEventLog(database);
    this.relay = new Relay(reader, publisher, database.unitOfWork, database.processLock(RELAY_LOCK), logger);
    this.server = new RabbitServer({
      consumer: name,
      queues: options.consumes,
      connection: this.consuming,
      publisher: new Publisher(this.publishing, 'failures', async () => undefined),
      replier: new Replier(this.publishing, logger),
      gate: new IdempotencyGate(this.redis, consumerMetrics.withoutRedis),
      unitOfWork: database.unitOfWork,
      readFault: database.readFault,
      health: this.health,
      metrics: consumerMetrics,
      logger,
    });
    this.watch(reader);
  }

  /** Opens the database, brings its schema up to date and starts to connect; RabbitMQ and Redis may still be away. */
  static async open(options: ServiceRuntimeOptions): Promise<ServiceRuntime> {
    const metrics = new Registry();
    const onWait = () => options.logger.warn('another process has the database file open; waiting for it to end');
    const database = await openDatabase(
      { ...options.database, applicationName: options.name, onWait },
      unitOfWorkMetrics(metrics),
    );
    const runtime = new ServiceRuntime(options, database, metrics);
    database.unitOfWork.onCommit(() => runtime.relay.wake());
    await runtime.relay.start();
    runtime.pruner.start();
    return runtime;
  }

  get unitOfWork(): UnitOfWork {
    return this.database.unitOfWork;
  }

  get dialect(): Dialect {
    return this.database.dialect;
  }

  get queries(): Queries {
    return this.database.queries;
  }

  get reads(): DataSource {
    return this.database.reads;
  }

  /**
   * Where operators look after the dead letters of a queue; its tables are those of `CreateDeadLetterActs`. On a connection
   * of its own, so that whoever looks at a thousand letters holds up no message.
   */
  openDeadLetterDesk(queue: DeadLetterQueue): DeadLetterDesk {
    const { logger, name } = this.options;
    const connection = new BrokerConnection({ urls: this.urls, name: `${name} looks at dead letters`, logger });
    const publisher = new Publisher(this.publishing, 'redriven dead letters', async () => undefined);
    const desk = new DeadLetterDesk({ queue, connection, publisher, database: this.database, logger });
    this.desks.push({ desk, connection });
    observeDeadLetters(this.metrics, queue, () => desk.depth());
    return desk;
  }

  /** Call after the server has drained: publishes what the last messages appended, then closes everything. */
  async close(): Promise<void> {
    for (const { desk, connection } of this.desks) {
      await desk.stop();
      await connection.close();
    }
    await this.pruner.stop();
    await this.relay.stop();
    await this.consuming.close();
    await this.publishing.close();
    this.redis.close();
    await this.commits.stop();
    await this.database.close();
    this.options.logger.debug('closed broker connections, Redis and database');
  }

  private watch(reader: EventLogReader): void {
    this.health.register('broker (consuming)', () => this.consuming.health());
    this.health.register('broker (publishing)', () => this.publishing.health());
    this.health.register('database', () => this.commits.health());
    this.health.register('redis', () => this.redis.health());
    this.health.register('relay', () => this.relay.health());
    observedGauge(this.metrics, 'holdfast_redis_up', '1 while Redis answers', () => (this.redis.up ? 1 : 0));
    observedGauge(
      this.metrics,
      'holdfast_relay_publishing',
      '1 while this instance publishes the event log; of all instances of a service one does',
      () => (this.relay.publishing ? 1 : 0),
    );
    observedGauge(
      this.metrics,
      'holdfast_relay_backlog_events',
      'Events in the log that are not published yet',
      async () => (await reader.backlog(this.relay.position)).events,
    );
    observedGauge(
      this.metrics,
      'holdfast_relay_backlog_age_seconds',
      'Age of the oldest event in the log that is not published yet',
      async () => {
        const { oldest } = await reader.backlog(this.relay.position);
        return oldest === undefined ? 0 : (Date.now() - oldest) / 1000;
      },
    );
  }
}

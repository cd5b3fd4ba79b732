import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startRabbitmq, startRedis } from '@holdfast/local-servers';
import { DatabaseLocation, DatabaseName } from '../../databases/database-location.js';
import { PrivatePostgres } from '../../databases/private-postgres.js';
import { MeteredProcess } from '../../meters/process-usage.js';
import { BenchProcess } from '../../processes/bench-process.js';
import { Teardown } from '../../processes/teardown.js';
import { serviceReady } from '../../systems/service-ready.js';
import { Endpoint } from '../endpoint.js';
import { clientOf } from '../order-confirmed.js';
import { DeliveryBook } from './delivery-book.js';
import type { Published, SourceConfig, SourceOrder } from './event-source.process.js';
import { WebhookCommands } from './webhook-commands.js';

const MAIN = 'webhook-publisher/dist/main.js';
const ROOT = join(import.meta.dirname, '../../../..');

export interface Subscription extends Endpoint {
  id: string;
  caller: { role: 'client'; clientId: string };
}

type Events = Omit<SourceOrder, 'clientIds'>;

export interface SenderSetup {
  /** Everything of the measurement is in it. */
  dataDir: string;
  /** What the publisher keeps its data in. */
  database: DatabaseName;
}

/** The webhook publisher as `npm start` runs it, with a broker, a Redis and a database of its own, and events for it. */
export class ProductSender {
  readonly #subscriptions: Subscription[] = [];

  private constructor(
    readonly publisher: BenchProcess,
    readonly source: BenchProcess,
    readonly servers: readonly MeteredProcess[],
    readonly book: DeliveryBook,
    private readonly commands: WebhookCommands,
  ) {}

  /** Starts everything; all of it is stopped through `teardown`. */
  static async start({ dataDir, database }: SenderSetup, teardown: Teardown): Promise<ProductSender> {
    const broker = await startRabbitmq({ dataDir: join(dataDir, 'rabbitmq') });
    // Its data is thrown away, and a clean stop takes six seconds.
    teardown.defer('RabbitMQ', () => broker.kill());
    const redis = await startRedis({ dataDir: join(dataDir, 'redis') });
    teardown.defer('Redis', () => redis.stop());
    const postgres = database === 'postgres' ? await PrivatePostgres.start(dataDir, teardown) : undefined;
    const urls = { AMQP_URL: broker.url, REDIS_URL: redis.url, WEBHOOKS_DATABASE_URL: postgres?.urls.webhooks };
    const publisher = await startPublisher(urls, dataDir, teardown);
    const source = await startSource({ amqpUrl: broker.url }, dataDir, teardown);
    const commands = await WebhookCommands.open(broker.url, teardown);
    const book = await DeliveryBook.open(locationOf(dataDir, postgres));
    teardown.defer('the book', () => book.close());
    const servers: MeteredProcess[] = [
      { name: 'rabbitmq', pid: broker.pid },
      { name: 'redis', pid: redis.pid },
    ];
    if (postgres) servers.push({ name: 'postgres', pid: postgres.pid, withChildren: true });
    return new ProductSender(publisher, source, servers, book, commands);
  }

  /** All that were subscribed, in their order. */
  get subscriptions(): readonly Subscription[] {
    return this.#subscriptions;
  }

  /** Subscribes each URL for a client of its own; answers them with their secrets. */
  async subscribe(urls: readonly string[]): Promise<readonly Subscription[]> {
    const earlier = this.#subscriptions.length;
    for (const url of urls) {
      const caller = { role: 'client', clientId: clientOf(this.#subscriptions.length) } as const;
      const created = await this.commands.send('webhooks.create', { url, eventTypes: ['order.confirmed'], caller });
      const { webhook } = created as { webhook: { id: string; secret: string } };
      this.#subscriptions.push({ url, caller, id: webhook.id, secret: webhook.secret });
    }
    return this.#subscriptions.slice(earlier);
  }

  /** Enables or disables subscriptions. */
  async each(command: 'webhooks.enable' | 'webhooks.disable', subscriptions: readonly Subscription[]): Promise<void> {
    const answers = subscriptions.map(({ id, caller }) => this.commands.send(command, { webhookId: id, caller }));
    await Promise.all(answers);
  }

  /** Publishes events to the clients of subscriptions in turn; resolves when the broker has confirmed them all. */
  async publish(events: Events, to: readonly Subscription[]): Promise<Published> {
    const order: SourceOrder = { ...events, clientIds: to.map(({ caller }) => caller.clientId) };
    return (await this.source.ask(order)) as Published;
  }
}

const locationOf = (dataDir: string, postgres: PrivatePostgres | undefined): DatabaseLocation =>
  postgres === undefined
    ? { dialect: 'sqlite', file: join(dataDir, 'webhooks.db') }
    : { dialect: 'postgres', url: postgres.urls.webhooks };

async function startPublisher(servers: NodeJS.ProcessEnv, dataDir: string, teardown: Teardown): Promise<BenchProcess> {
  const script = join(ROOT, MAIN);
  if (!existsSync(script)) throw new Error(`${MAIN} is missing. Build first: npx tsc -b`);
  const port = await freePort();
  const env = {
    ...servers,
    WEBHOOKS_PORT: String(port),
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  };
  const publisher = BenchProcess.start({ name: 'sender', script, env, dataDir }, teardown);
  await Promise.race([serviceReady(port), publisher.failed]);
  return publisher;
}

async function startSource(config: SourceConfig, dataDir: string, teardown: Teardown): Promise<BenchProcess> {
  const script = join(import.meta.dirname, 'event-source.process.js');
  const env = { SOURCE_CONFIG: JSON.stringify(config) };
  const source = BenchProcess.start({ name: 'events', script, env, dataDir }, teardown);
  await source.message();
  return source;
}

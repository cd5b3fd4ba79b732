import { randomBytes } from 'node:crypto';
import { type RedisServer } from '@holdfast/local-servers';
import {
  newDataDir,
  type ServiceName,
  startOwnRedis,
  type TestPostgres,
  testBroker,
  testPostgres,
  waitUntil,
} from '@holdfast/testing';
import { API_KEYS } from '../api-client.js';
import { FleetBooks } from './fleet-books.js';
import { FleetInstance } from './fleet-instance.js';

export const FLEET_SERVICES = ['products-service', 'orders-service', 'webhook-publisher', 'api-gateway'] as const;

const INSTANCES = 2;

export interface FleetOptions {
  /** Of every service; 2 unless told. */
  instances?: number;
  /** Where its queues are; a virtual host of the run's RabbitMQ unless told. */
  broker?: FleetBroker;
  /** Beside what every fleet has; for all services. */
  env?: Record<string, string>;
}

export interface FleetBroker {
  /** As AMQP_URL has it: the nodes of a cluster are separated by commas. */
  url: string;
  /** Takes away what was made for the fleet. */
  close(): Promise<void>;
}

interface Servers {
  broker: FleetBroker;
  redis: RedisServer;
  databases: Record<'orders' | 'products' | 'webhooks', TestPostgres>;
}

/** A few processes of every service on PostgreSQL, with a virtual host of RabbitMQ and a Redis of their own. */
export class Fleet {
  private constructor(
    private readonly servers: Servers,
    private readonly instances: readonly FleetInstance[],
    readonly books: FleetBooks,
  ) {}

  /** Starts everything at once, as after a power cut, and waits until it is ready. */
  static async start({ instances: count = INSTANCES, broker, env = {} }: FleetOptions = {}): Promise<Fleet> {
    const servers = await openServers(broker);
    const whole = { ...environmentOf(servers), ...env };
    const instances: FleetInstance[] = [];
    for (const service of FLEET_SERVICES) {
      for (let number = 1; number <= count; number += 1) {
        instances.push(await FleetInstance.create(service, number, whole));
      }
    }
    const fleet = new Fleet(servers, instances, await FleetBooks.open(servers.databases));
    try {
      await Promise.all(instances.map((instance) => instance.launch()));
      await fleet.ready();
    } catch (error) {
      await fleet.close();
      throw error;
    }
    return fleet;
  }

  /** As AMQP_URL has it. */
  get amqpUrl(): string {
    return this.servers.broker.url;
  }

  of(service: ServiceName): FleetInstance[] {
    return this.instances.filter((instance) => instance.service === service);
  }

  /** All of them, one service after the other. */
  get all(): readonly FleetInstance[] {
    return this.instances;
  }

  async ready(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.ready()));
  }

  /** The instance of a service whose relay publishes, the others standing by. */
  publishing(service: ServiceName): Promise<FleetInstance> {
    return waitUntil(
      `one ${service} publishes`,
      async () => {
        const running = this.of(service).filter((instance) => instance.running);
        const turns = await Promise.all(running.map((instance) => instance.metric('holdfast_relay_publishing')));
        return turns.filter((turn) => turn === 1).length === 1 && running[turns.indexOf(1)];
      },
      { timeoutMs: 60_000 },
    );
  }

  /** What every process has warned of. */
  warnings(): string {
    return this.instances.map((instance) => instance.warnings()).join('\n');
  }

  async close(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.kill9()));
    const { databases, redis, broker } = this.servers;
    await Promise.all(Object.values(databases).map((database) => database.close()));
    await redis.kill();
    await broker.close();
  }
}

async function openServers(given?: FleetBroker): Promise<Servers> {
  const [broker, redis, orders, products, webhooks] = await Promise.all([
    given ?? testBroker(),
    startOwnRedis(),
    ...([testPostgres(), testPostgres(), testPostgres()] as const),
  ]);
  return { broker, redis, databases: { orders, products, webhooks } };
}

function environmentOf({ broker, redis, databases }: Servers): Record<string, string> {
  return {
    AMQP_URL: broker.url,
    REDIS_URL: redis.url,
    DATA_DIR: newDataDir(),
    API_KEYS,
    ORDERS_DATABASE_URL: databases.orders.url,
    PRODUCTS_DATABASE_URL: databases.products.url,
    WEBHOOKS_DATABASE_URL: databases.webhooks.url,
    WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    // A machine that is busy with other tests may take long over an answer; no test here is about that.
    REQUEST_TIMEOUT_MS: '60000',
    WEBHOOK_RETRY_SCHEDULE: Array<string>(60).fill('0.5').join(','),
  };
}

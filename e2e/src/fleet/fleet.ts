import { randomBytes } from 'node:crypto';
import { type RedisServer } from '@holdfast/local-servers';
import {
  newDataDir,
  type ServiceName,
  startOwnRedis,
  type TestBroker,
  type TestPostgres,
  testBroker,
  testPostgres,
} from '@holdfast/testing';
import { API_KEYS } from '../api-client.js';
import { FleetInstance } from './fleet-instance.js';
import { FleetBooks } from './fleet-books.js';

export const FLEET_SERVICES = ['products-service', 'orders-service', 'webhook-publisher', 'api-gateway'] as const;

const INSTANCES = 2;

interface Servers {
  broker: TestBroker;
  redis: RedisServer;
  databases: Record<'orders' | 'products' | 'webhooks', TestPostgres>;
}

/** Two processes of every service on PostgreSQL, with a virtual host of RabbitMQ and a Redis of their own. */
export class Fleet {
  private constructor(
    private readonly servers: Servers,
    private readonly instances: readonly FleetInstance[],
    readonly books: FleetBooks,
  ) {}

  /** Starts everything at once, as after a power cut, and waits until it is ready. */
  static async start(env: Record<string, string> = {}): Promise<Fleet> {
    const servers = await openServers();
    const whole = { ...environmentOf(servers), ...env };
    const instances: FleetInstance[] = [];
    for (const service of FLEET_SERVICES) {
      for (let number = 1; number <= INSTANCES; number += 1) {
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

  /** The sum over the instances of a service. */
  async metric(service: ServiceName, name: string, labels?: string): Promise<number> {
    const values = await Promise.all(this.of(service).map((instance) => instance.metric(name, labels)));
    return values.reduce((sum, value) => sum + value, 0);
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

async function openServers(): Promise<Servers> {
  const [broker, redis, orders, products, webhooks] = await Promise.all([
    testBroker(),
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
    WEBHOOK_RETRY_SCHEDULE: Array<string>(60).fill('0.5').join(','),
  };
}

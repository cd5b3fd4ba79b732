import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHoldfastClient } from '@holdfast/client';
import { type RedisServer, startRedis } from '@holdfast/local-servers';
import { type Dialect } from '@holdfast/platform';
import { type ServiceName, TcpProxy } from '@holdfast/testing';
import { type Inside } from '../inside/inside.js';
import { CATALOGUE, PRICE } from '../load/catalogue.js';
import { addUser, type Broker, startBroker } from './broker.js';
import { type Databases, openDatabases } from './databases.js';
import { FACTS, Instance, type Lines } from './instance.js';
import { SmallDisk } from './small-disk.js';
import { Subscribers } from './subscribers.js';
import { RETRY_SCHEDULE } from './webhook-retries.js';

export const SERVICES = ['orders-service', 'products-service', 'webhook-publisher', 'api-gateway'] as const;

export interface StandOptions {
  dialect: Dialect;
  /** 1 or 3 nodes of RabbitMQ. */
  brokerNodes: 1 | 3;
  /** Processes of each service; more than one needs PostgreSQL. */
  instances: number;
  /** Data, logs and history; made by whoever calls. */
  folder: string;
  /** What every process carries within: a broken build. */
  always: Inside | undefined;
  progress: (what: string) => void;
}

export const KEYS = { shop: secret(), operator: secret() } as const;

const PRELOAD = fileURLToPath(new URL('../inside/preload.js', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What ends a part. With `keep` what the databases hold is left in the folder. */
type Closing = (keep: boolean) => Promise<void>;

/** The whole system with all that it stands on, every part of which may be broken. */
export class Stand {
  readonly instances: Instance[] = [];
  private constructor(
    readonly options: StandOptions,
    readonly broker: Broker,
    readonly redis: RedisServer,
    readonly databases: Databases,
    readonly disk: SmallDisk | undefined,
    readonly subscribers: Subscribers,
    /** What has to be ended, the last one first. */
    private readonly closing: Closing[],
  ) {}

  /** Starts everything and waits until it is ready. What had started is stopped again when something does not. */
  static async start(options: StandOptions): Promise<Stand> {
    const closing: Closing[] = [];
    endOnInterrupt(closing);
    try {
      const stand = await Stand.onServers(options, closing);
      await stand.launchAll();
      return stand;
    } catch (error) {
      await closeAll(closing, false);
      throw error;
    }
  }

  private static async onServers(options: StandOptions, closing: Closing[]): Promise<Stand> {
    const { folder, brokerNodes, dialect, progress } = options;
    // PostgreSQL runs as another user, who has to come through.
    chmodSync(folder, 0o711);
    const data = join(folder, 'data');
    const disk = SmallDisk.mount(data);
    closing.push(async () => disk?.unmount());
    progress(`RabbitMQ (${brokerNodes === 1 ? 'one node' : 'three nodes'}), Redis and ${dialect}`);
    const databases = await openDatabases(dialect, data);
    closing.push(async (keep) => (keep ? databases.copyTo(join(folder, 'databases')) : undefined));
    closing.push(() => databases.close());
    const redis = await startRedis({ dataDir: join(folder, 'redis') });
    closing.push(() => redis.kill());
    const broker = await startBroker(brokerNodes, join(folder, 'rabbitmq'));
    closing.push(() => broker.destroy());
    const subscribers = await Subscribers.listen();
    closing.push(() => subscribers.close());
    return new Stand(options, broker, redis, databases, disk, subscribers, closing);
  }

  of(service: ServiceName): Instance[] {
    return this.instances.filter((instance) => instance.service === service);
  }

  get gatewayUrls(): string[] {
    return this.of('api-gateway').map(({ url }) => url);
  }

  /** Starts an instance as it belongs to this stand. */
  async launch(instance: Instance, inside?: Inside): Promise<void> {
    const { always } = this.options;
    await instance.launch(always || inside ? { ...always, ...inside } : undefined);
  }

  /** Starts whatever does not run, and resolves when everything is ready. */
  async ready(): Promise<void> {
    for (const instance of this.instances) if (!instance.running) await this.launch(instance);
    for (const instance of this.instances) await instance.ready();
  }

  /** What every process has printed, one file each. */
  writeLogs(): void {
    for (const instance of this.instances) {
      writeFileSync(join(this.options.folder, `${instance.name.replace(' ', '-')}.log`), instance.output());
    }
  }

  /** @param keep whether a copy of the databases stays, in `databases` of the folder. */
  async close(keep: boolean): Promise<void> {
    await closeAll(this.closing, keep);
  }

  private async launchAll(): Promise<void> {
    for (const service of SERVICES) await this.addInstances(service);
    this.closing.push(() => this.endProcesses());
    this.options.progress(`${this.instances.length} processes`);
    for (const instance of this.instances) await this.launch(instance);
    await this.ready();
    await this.fillCatalogue();
    await this.subscribers.subscribe(this.gatewayUrls[0] ?? '', KEYS);
  }

  private async fillCatalogue(): Promise<void> {
    const operator = createHoldfastClient({ baseUrl: this.gatewayUrls[0] ?? '', apiKey: KEYS.operator });
    for (const { sku, name, stock } of CATALOGUE) {
      await operator.post('/products', { body: { sku, name, stock, price: PRICE } });
    }
  }

  private async addInstances(service: ServiceName): Promise<void> {
    const { instances, folder } = this.options;
    for (let number = 1; number <= instances; number += 1) {
      const lines = await this.linesOf(service);
      const common = { ...ENVIRONMENT, DATA_DIR: join(folder, 'data') };
      const brokerLogin = await addUser(this.broker, `${service}-${number}`);
      const options = { service, number, env: common, lines, brokerLogin, root: ROOT, folder, preload: PRELOAD };
      this.instances.push(await Instance.create(options));
    }
  }

  private async linesOf(service: ServiceName): Promise<Lines> {
    const open = async (url: string) => {
      const line = await TcpProxy.open(url);
      this.closing.push(() => line.close());
      return line;
    };
    const { owner } = FACTS[service];
    const { server } = this.databases;
    const database = server && owner !== undefined ? await open(this.databases.locationOf(owner)) : undefined;
    const brokers = [];
    for (const node of this.broker.nodes) brokers.push(await open(node.url));
    return { brokers, redis: await open(this.redis.url), database };
  }

  private async endProcesses(): Promise<void> {
    const running = this.instances.filter((instance) => instance.running);
    await Promise.all(running.map((instance) => instance.kill9()));
  }
}

/** Quick to notice, and no quicker than a team may set it: a fault of seconds is to be seen within seconds. */
const ENVIRONMENT: Record<string, string> = {
  API_KEYS: `client:shop:${KEYS.shop},operator:ops:${KEYS.operator}`,
  AUTH_FAILURES_PER_MINUTE: '0',
  REQUEST_TIMEOUT_MS: '3000',
  RECONCILE_INTERVAL_MS: '1000',
  WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  WEBHOOK_ALLOW_HTTP: 'true',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  WEBHOOK_RETRY_SCHEDULE: RETRY_SCHEDULE,
  WEBHOOK_DEADLINE_MS: '2000',
  LOG_LEVEL: 'warn',
};

/** Ctrl-C leaves nothing running and nothing mounted. */
function endOnInterrupt(closing: Closing[]): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void closeAll(closing, false).finally(() => process.exit(130)));
  }
}

/** Every one of them, the last one first, whatever becomes of another. */
async function closeAll(closing: Closing[], keep: boolean): Promise<void> {
  const faults: unknown[] = [];
  for (const close of closing.splice(0).toReversed()) await close(keep).catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw new AggregateError(faults, 'something could not be ended');
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}

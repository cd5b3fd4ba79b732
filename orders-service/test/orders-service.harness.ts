import 'reflect-metadata';
import {
  type Caller,
  type CancelOrder,
  type CreateOrder,
  type ListOrders,
  type OrderPage,
  type OrderPlaced,
  type OrderView,
  type Reply,
} from '@holdfast/contracts';
import { freePort } from '@holdfast/local-servers';
import { createLogger, type Database, type DatabaseLocation, type Dialect, type SqlValue } from '@holdfast/platform';
import {
  type AmqpProbe,
  aMessage,
  newDataDir,
  newRedisUrl,
  openProbe,
  type SeenMessage,
  TestDatabase,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { ordersSchema } from '../src/app.module.js';
import { loadOrdersConfig } from '../src/config.js';
import { type OrdersService, openOrdersService } from '../src/orders-service.js';

/** An event of the log, as it is stored. */
export interface StoredEvent {
  id: string;
  type: string;
  version: number;
}

const OPERATOR: Caller = { role: 'operator', clientId: 'ops' };

const urlOf = (location: DatabaseLocation): string =>
  location.dialect === 'sqlite' ? `sqlite:${location.file}` : location.url;

/**
 * The service as `main` runs it, in this process and from its sources, in one instance or several that share a database,
 * which the test looks into from outside. It has a broker and a Redis of its own.
 */
export class RunningService {
  private readonly instances: OrdersService[] = [];

  private constructor(
    readonly probe: AmqpProbe,
    private readonly test: TestDatabase,
    private readonly database: Database,
    private readonly closeBroker: () => Promise<void>,
  ) {}

  static async start(dialect: Dialect, { instances = 1 }: { instances?: number } = {}): Promise<RunningService> {
    const broker = await testBroker();
    const test = await TestDatabase.create(dialect);
    const probe = await openProbe(broker.url);
    const running = new RunningService(probe, test, await test.open(ordersSchema), () => broker.close());
    while (running.instances.length < instances) await running.startInstance(broker.url);
    return running;
  }

  /** Every command for products-service, as it comes. */
  commands(): Promise<SeenMessage[]> {
    return this.probe.collect({ queue: 'products_queue' });
  }

  /** Every event of an order, as it comes. */
  events(): Promise<SeenMessage[]> {
    return this.probe.collect({ exchange: 'events', routingKey: 'order.*' });
  }

  /** Asks for an order as the gateway does. */
  async place(request: CreateOrder, messageId: string): Promise<Reply<OrderPlaced>> {
    const ids = { messageId, correlationId: messageId };
    const reply = await this.probe.ask('orders_queue', aMessage('orders.create', request), ids);
    return (reply as { response: Reply<OrderPlaced> }).response;
  }

  /** Asks for an order to be cancelled, as the gateway does. */
  async cancel(request: CancelOrder, messageId: string): Promise<Reply<OrderView>> {
    const ids = { messageId, correlationId: messageId };
    const reply = await this.probe.ask('orders_queue', aMessage('orders.cancel', request), ids);
    return (reply as { response: Reply<OrderView> }).response;
  }

  async get(orderId: string, caller: Caller = OPERATOR): Promise<Reply<OrderView>> {
    const reply = await this.probe.ask('orders_queries', aMessage('orders.get', { caller, orderId }));
    return (reply as { response: Reply<OrderView> }).response;
  }

  async list(query: ListOrders): Promise<Reply<OrderPage>> {
    const reply = await this.probe.ask('orders_queries', aMessage('orders.list', query));
    return (reply as { response: Reply<OrderPage> }).response;
  }

  /** The order once it has left PENDING. */
  decided(orderId: string): Promise<OrderView> {
    return waitUntil(`order ${orderId} is decided`, async () => {
      const reply = await this.get(orderId);
      return reply.ok && reply.value.status !== 'PENDING' && reply.value;
    });
  }

  /** What the log holds about an order, in order. */
  eventsOf(orderId: string): Promise<StoredEvent[]> {
    const sql = 'SELECT id, type, version FROM events WHERE stream_id = ? ORDER BY position';
    return this.database.queries.all<StoredEvent>(sql, [`order/${orderId}`]);
  }

  async orderCount(): Promise<number> {
    return (await this.first<{ count: number }>('SELECT count(*) AS count FROM orders'))?.count ?? 0;
  }

  /** Sets an order's clock forward, so that its time to be asked for again has come. */
  async makeOverdue(orderId: string): Promise<void> {
    await this.database.unitOfWork.run((tx) => tx.run('UPDATE orders SET ask_again_at = 0 WHERE id = ?', [orderId]));
  }

  /** Unix milliseconds. */
  async askAgainAt(orderId: string): Promise<number> {
    const sql = 'SELECT ask_again_at AS at FROM orders WHERE id = ?';
    return (await this.first<{ at: number }>(sql, [orderId]))?.at ?? 0;
  }

  /** Whether the order is known to hold no stock any more. */
  async stockIsReleased(orderId: string): Promise<boolean> {
    const sql = 'SELECT id FROM orders WHERE id = ? AND stock_released_at IS NOT NULL';
    return (await this.first(sql, [orderId])) !== undefined;
  }

  async stop(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.stop()));
    await this.test.close();
    await this.probe.close();
    await this.closeBroker();
  }

  private async startInstance(amqpUrl: string): Promise<void> {
    const config = loadOrdersConfig({
      ...{ AMQP_URL: amqpUrl, REDIS_URL: newRedisUrl(), DATA_DIR: newDataDir(), ORDERS_PORT: String(await freePort()) },
      ...{ ORDERS_DATABASE_URL: urlOf(this.test.location), RECONCILE_INTERVAL_MS: '100', LOG_LEVEL: 'silent' },
    });
    const service = await openOrdersService(config, createLogger('orders', config.LOG_LEVEL));
    this.instances.push(service);
    await service.start();
  }

  private async first<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row | undefined> {
    const [row] = await this.database.queries.all<Row>(sql, params);
    return row;
  }
}

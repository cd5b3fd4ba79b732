import 'reflect-metadata';
import {
  type CancelOrder,
  type CreateOrder,
  type ListOrders,
  type OrderPage,
  type OrderPlaced,
  type OrderView,
  type Reply,
} from '@holdfast/contracts';
import { freePort } from '@holdfast/local-servers';
import { createLogger } from '@holdfast/platform';
import { type AmqpProbe, aMessage, newDataDir, newRedisUrl, waitUntil } from '@holdfast/testing';
import Sqlite, { type Database } from 'better-sqlite3';
import { loadOrdersConfig } from '../src/config.js';
import { type OrdersService, openOrdersService } from '../src/orders-service.js';

/** An event of the log, as it is stored. */
export interface StoredEvent {
  id: string;
  type: string;
  version: number;
}

/**
 * The service as `main` runs it, in this process and from its sources, on a database of its own, which the test looks
 * into from outside.
 */
export class RunningService {
  private constructor(
    private readonly service: OrdersService,
    private readonly database: Database,
    private readonly probe: AmqpProbe,
  ) {}

  static async start(amqpUrl: string, probe: AmqpProbe): Promise<RunningService> {
    const config = loadOrdersConfig({
      ...{ AMQP_URL: amqpUrl, REDIS_URL: newRedisUrl(), DATA_DIR: newDataDir(), ORDERS_PORT: String(await freePort()) },
      ...{ RECONCILE_INTERVAL_MS: '100', LOG_LEVEL: 'silent' },
    });
    const service = await openOrdersService(config, createLogger('orders', config.LOG_LEVEL));
    await service.start();
    return new RunningService(service, new Sqlite(config.databaseFile), probe);
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

  async get(orderId: string, clientId: string | null = null): Promise<Reply<OrderView>> {
    const reply = await this.probe.ask('orders_queries', aMessage('orders.get', { orderId, clientId }));
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
  eventsOf(orderId: string): StoredEvent[] {
    return this.database
      .prepare<[string], StoredEvent>('SELECT id, type, version FROM events WHERE stream_id = ? ORDER BY position')
      .all(`order/${orderId}`);
  }

  orderCount(): number {
    return this.database.prepare<[], { count: number }>('SELECT count(*) AS count FROM orders').get()?.count ?? 0;
  }

  /** Sets an order's clock forward, so that its time to be asked for again has come. */
  makeOverdue(orderId: string): void {
    this.database.prepare('UPDATE orders SET ask_again_at = 0 WHERE id = ?').run(orderId);
  }

  /** Unix milliseconds. */
  askAgainAt(orderId: string): number {
    const row = this.database
      .prepare<[string], { at: number }>('SELECT ask_again_at AS at FROM orders WHERE id = ?')
      .get(orderId);
    return row?.at ?? 0;
  }

  /** Whether the order is known to hold no stock any more. */
  stockIsReleased(orderId: string): boolean {
    const row = this.database
      .prepare<[string], { at: number | null }>('SELECT stock_released_at AS at FROM orders WHERE id = ?')
      .get(orderId);
    return row?.at !== null && row?.at !== undefined;
  }

  async stop(): Promise<void> {
    this.database.close();
    await this.service.stop();
  }
}

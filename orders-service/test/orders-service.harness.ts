import 'reflect-metadata';
import { type CreateOrder, type OrderPlaced, type OrderView, type Reply } from '@holdfast/contracts';
import { type ServiceRuntime } from '@holdfast/messaging';
import { createLogger } from '@holdfast/platform';
import { type AmqpProbe, aMessage, newDataDir, newRedisUrl, waitUntil } from '@holdfast/testing';
import { type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule, openOrdersRuntime } from '../src/app.module.js';
import { loadOrdersConfig } from '../src/config.js';
import { Reconciler } from '../src/inbound/reconciler.js';

/** An event of the log, as it is stored. */
export interface StoredEvent {
  id: string;
  type: string;
  version: number;
  data: Record<string, unknown>;
}

/** The service as `main` runs it, in this process and on a database of its own. */
export class OrdersService {
  private constructor(
    private readonly app: INestApplication,
    private readonly runtime: ServiceRuntime,
    private readonly probe: AmqpProbe,
  ) {}

  static async start(amqpUrl: string, probe: AmqpProbe): Promise<OrdersService> {
    const config = loadOrdersConfig({
      ...{ AMQP_URL: amqpUrl, REDIS_URL: newRedisUrl(), DATA_DIR: newDataDir() },
      ...{ RECONCILE_INTERVAL_MS: '100', LOG_LEVEL: 'silent' },
    });
    const logger = createLogger('orders', config.LOG_LEVEL);
    const runtime = await openOrdersRuntime(config, logger);
    const app = await NestFactory.create(AppModule.with(config, runtime, logger), new FastifyAdapter(), {
      logger: false,
    });
    app.connectMicroservice<MicroserviceOptions>({ strategy: runtime.server });
    await app.startAllMicroservices();
    app.get(Reconciler).start();
    return new OrdersService(app, runtime, probe);
  }

  /** Asks for an order as the gateway does. */
  async place(request: CreateOrder, messageId: string): Promise<Reply<OrderPlaced>> {
    const reply = await this.probe.ask('orders_queue', aMessage('orders.create', request), {
      messageId,
      correlationId: messageId,
    });
    return (reply as { response: Reply<OrderPlaced> }).response;
  }

  async get(orderId: string, clientId: string | null = null): Promise<Reply<OrderView>> {
    const reply = await this.probe.ask('orders_queries', aMessage('orders.get', { orderId, clientId }));
    return (reply as { response: Reply<OrderView> }).response;
  }

  /** The order once it has left PENDING. */
  decided(orderId: string): Promise<OrderView> {
    return waitUntil(`order ${orderId} is decided`, async () => {
      const reply = await this.get(orderId);
      return reply.ok && reply.value.status !== 'PENDING' && reply.value;
    });
  }

  /** What the log holds about an order, in order. */
  async eventsOf(orderId: string): Promise<StoredEvent[]> {
    const rows: { id: string; type: string; version: number; payload: string }[] = await this.runtime.reads.query(
      'SELECT id, type, version, payload FROM events WHERE stream_id = ? ORDER BY position',
      [`order/${orderId}`],
    );
    return rows.map(({ payload, ...event }) => ({ ...event, data: JSON.parse(payload) }));
  }

  async orderCount(): Promise<number> {
    const rows: { count: number }[] = await this.runtime.reads.query('SELECT count(*) AS count FROM orders');
    return rows[0]?.count ?? 0;
  }

  /** Sets an order's clock forward, so that its time to be asked for again has come. */
  async makeOverdue(orderId: string): Promise<void> {
    await this.runtime.unitOfWork.run((tx) => tx.run('UPDATE orders SET ask_again_at = 0 WHERE id = ?', [orderId]));
  }

  async askAgainAt(orderId: string): Promise<number> {
    const rows: { at: number }[] = await this.runtime.reads.query(
      'SELECT ask_again_at AS at FROM orders WHERE id = ?',
      [orderId],
    );
    return rows[0]?.at ?? 0;
  }

  async close(): Promise<void> {
    await this.app.get(Reconciler).stop();
    await this.app.close();
    await this.runtime.close();
  }
}

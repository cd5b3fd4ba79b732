import { BrokerConnection, RedisClient, RpcClient, startingAnywhere } from '@holdfast/messaging';
import { HealthRegistry, type Logger, observedGauge, PlatformModule } from '@holdfast/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Backend } from './backend.js';
import { type GatewayConfig } from './config.js';
import { CountDeadLetters } from './dead-letters/count-dead-letters.js';
import { DeadLetterActsController } from './dead-letters/dead-letter-acts.controller.js';
import { DeadLetterBackend } from './dead-letters/dead-letter-backend.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { FinalOrderEvents } from './orders/final-order-events.js';
import { ListOrders } from './orders/list-orders.js';
import { FollowOrder } from './orders/live/follow-order.js';
import { OpenStreams } from './orders/live/open-streams.js';
import { OrderEventsController } from './orders/live/order-events.controller.js';
import { StreamMetrics } from './orders/live/stream.metrics.js';
import { OrderWaiters } from './orders/order-waiters.js';
import { OrdersController } from './orders/orders.controller.js';
import { PlaceOrder } from './orders/place-order.js';
import { OrderTimelineController } from './orders/timeline/order-timeline.controller.js';
import { ShowTimeline } from './orders/timeline/show-timeline.js';
import { ImportProducts } from './products/import/import-products.js';
import { ImportBounds, ProductImportsController } from './products/import/product-imports.controller.js';
import { ProductsController } from './products/products.controller.js';
import { StockAdjustmentsController } from './products/stock-adjustments.controller.js';
import { DeliveriesController } from './webhooks/deliveries.controller.js';
import { WebhookActionsController } from './webhooks/webhook-actions.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

// What an answer can do without is not waited for longer. A query takes milliseconds where there is somebody to take it.
const PART_TIMEOUT_MS = 2_000;

// Requests that are to be counted wait for Redis that long when it stops to answer, once; then it counts as away.
const REDIS_TIMEOUT_MS = 100;

/**
 * What the gateway stands on: a connection to RabbitMQ and one to Redis, which come back by themselves, and what it shows
 * of itself.
 */
export class GatewayRuntime {
  readonly health = new HealthRegistry();
  readonly metrics = new Registry();
  readonly waiters = new OrderWaiters();
  readonly streams: OpenStreams;
  readonly rpc: RpcClient;
  readonly redis: RedisClient;
  readonly finalOrders: FinalOrderEvents;
  leaving = false;
  private readonly broker: BrokerConnection;

  constructor(config: GatewayConfig, logger: Logger, redisTimeoutMs = REDIS_TIMEOUT_MS) {
    this.broker = new BrokerConnection({ urls: startingAnywhere(config.AMQP_URL), name: 'api-gateway', logger });
    this.rpc = new RpcClient(this.broker, config.MAX_IN_FLIGHT);
    this.streams = new OpenStreams({
      streams: config.SSE_MAX_STREAMS,
      streamsPerClient: config.SSE_MAX_STREAMS_PER_CLIENT,
    });
    this.finalOrders = new FinalOrderEvents(
      this.broker,
      (orderId) => {
        this.waiters.orderIsFinal(orderId);
        this.streams.orderHasChanged(orderId);
      },
      () => this.streams.mayHaveMissed(),
    );
    this.redis = new RedisClient(config.REDIS_URL, logger, {
      commandTimeoutMs: redisTimeoutMs,
      degraded: 'Redis is away; every gateway counts the requests of a client alone',
    });
    this.health.register('broker', () => this.broker.health());
    this.health.register('redis', () => this.redis.health());
    observedGauge(this.metrics, 'holdfast_redis_up', '1 while Redis answers', () => (this.redis.up ? 1 : 0));
    observedGauge(
      this.metrics,
      'holdfast_requests_in_flight',
      'Requests to services that are not answered yet',
      () => this.rpc.inFlight,
    );
    observedGauge(
      this.metrics,
      'holdfast_waiting_callers',
      'Callers who wait for their order to be final',
      () => this.waiters.size,
    );
  }

  /** Not ready any more: who sends requests here is to send them elsewhere, on other connections. Everything is served. */
  leave(): void {
    this.leaving = true;
    this.health.stop();
  }

  /** Nobody waits any longer for an order or follows one: requests in flight come to their end. */
  endWaits(): void {
    this.waiters.close();
    this.streams.close();
  }

  async close(): Promise<void> {
    await this.rpc.close();
    await this.broker.close();
    this.redis.close();
  }
}

/** All wiring of the gateway. */
@Module({})
export class AppModule {
  static with(config: GatewayConfig, runtime: GatewayRuntime, logger: Logger): DynamicModule {
    const backend = new Backend(runtime.rpc, config.REQUEST_TIMEOUT_MS);
    const deadLetters = new DeadLetterBackend(backend);
    const impatient = new Backend(runtime.rpc, Math.min(config.REQUEST_TIMEOUT_MS, PART_TIMEOUT_MS));
    return {
      module: AppModule,
      imports: [PlatformModule.forPart(logger, runtime.metrics, runtime.health)],
      controllers: [
        OrdersController,
        OrderEventsController,
        OrderTimelineController,
        ProductsController,
        ProductImportsController,
        StockAdjustmentsController,
        WebhooksController,
        WebhookActionsController,
        DeliveriesController,
        DeadLettersController,
        DeadLetterActsController,
      ],
      providers: [
        { provide: Backend, useValue: backend },
        { provide: DeadLetterBackend, useValue: deadLetters },
        { provide: CountDeadLetters, useValue: new CountDeadLetters(deadLetters) },
        { provide: ListOrders, useValue: new ListOrders(backend) },
        { provide: ImportProducts, useValue: new ImportProducts(backend, config.IMPORT_MAX_LINES) },
        { provide: ImportBounds, useValue: new ImportBounds(config.IMPORT_MAX_BYTES, config.IMPORT_TIMEOUT_MS) },
        { provide: PlaceOrder, useValue: new PlaceOrder(backend, runtime.waiters, runtime.finalOrders, logger) },
        { provide: FollowOrder, useValue: followOrder(config, runtime, backend) },
        { provide: ShowTimeline, useValue: new ShowTimeline(backend, impatient, logger) },
      ],
    };
  }
}

function followOrder(config: GatewayConfig, runtime: GatewayRuntime, backend: Backend): FollowOrder {
  const metrics = new StreamMetrics(runtime.metrics, runtime.streams);
  return new FollowOrder(backend, runtime.streams, runtime.finalOrders, {
    heartbeatMs: config.SSE_HEARTBEAT_MS,
    listenTimeoutMs: config.REQUEST_TIMEOUT_MS,
    onCut: () => metrics.cut(),
  });
}

import { BrokerConnection, RpcClient } from '@holdfast/messaging';
import { HealthRegistry, type Logger, observedGauge, PlatformModule } from '@holdfast/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Backend } from './backend.js';
import { type GatewayConfig } from './config.js';
import { FinalOrderEvents } from './orders/final-order-events.js';
import { OrderWaiters } from './orders/order-waiters.js';
import { OrdersController } from './orders/orders.controller.js';
import { PlaceOrder } from './orders/place-order.js';
import { ProductsController } from './products/products.controller.js';
import { StockAdjustmentsController } from './products/stock-adjustments.controller.js';
import { DeliveriesController } from './webhooks/deliveries.controller.js';
import { WebhookActionsController } from './webhooks/webhook-actions.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** What the gateway stands on: one connection to RabbitMQ, which comes back by itself, and what it shows of itself. */
export class GatewayRuntime {
  readonly health = new HealthRegistry();
  readonly metrics = new Registry();
  readonly waiters = new OrderWaiters();
  readonly rpc: RpcClient;
  readonly finalOrders: FinalOrderEvents;
  stopping = false;
  private readonly broker: BrokerConnection;

  constructor(config: GatewayConfig, logger: Logger) {
    this.broker = new BrokerConnection({ urls: config.AMQP_URL, name: 'api-gateway', logger });
    this.rpc = new RpcClient(this.broker, config.MAX_IN_FLIGHT);
    this.finalOrders = new FinalOrderEvents(this.broker, (orderId) => this.waiters.orderIsFinal(orderId));
    this.health.register('broker', () => this.broker.health());
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

  /** Not ready any more, and nobody waits any longer for an order: requests in flight come to their end. */
  beginToStop(): void {
    this.stopping = true;
    this.health.stop();
    this.waiters.close();
  }

  async close(): Promise<void> {
    await this.rpc.close();
    await this.broker.close();
  }
}

/** All wiring of the gateway. */
@Module({})
export class AppModule {
  static with(config: GatewayConfig, runtime: GatewayRuntime, logger: Logger): DynamicModule {
    const backend = new Backend(runtime.rpc, config.REQUEST_TIMEOUT_MS);
    return {
      module: AppModule,
      imports: [PlatformModule.forPart(logger, runtime.metrics, runtime.health)],
      controllers: [
        OrdersController,
        ProductsController,
        StockAdjustmentsController,
        WebhooksController,
        WebhookActionsController,
        DeliveriesController,
      ],
      providers: [
        { provide: Backend, useValue: backend },
        { provide: PlaceOrder, useValue: new PlaceOrder(backend, runtime.waiters, runtime.finalOrders, logger) },
      ],
    };
  }
}

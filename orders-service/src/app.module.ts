import { CreateEventLogAndInbox1700000000000, ServiceRuntime } from '@holdfast/messaging';
import { type Logger, observedGauge, PlatformModule } from '@holdfast/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { DecideOrderWhenStockReserved } from './app/decide-order-when-stock-reserved.js';
import { PlaceOrder } from './app/place-order.js';
import { ReaskPendingOrders } from './app/reask-pending-orders.js';
import { ShowOrder } from './app/show-order.js';
import { type OrdersConfig } from './config.js';
import { OrdersConsumer } from './inbound/orders.consumer.js';
import { Reconciler } from './inbound/reconciler.js';
import { CreateOrders1700000000001 } from './migrations/create-orders.js';
import { OrderEntity, OrderItemEntity } from './outbound/order.entity.js';
import { SqlOrderRepository } from './outbound/sql-order.repository.js';
import { TypeormOrderReader } from './outbound/typeorm-order.reader.js';

// An order is decided within milliseconds; one that is PENDING for this long has a reason to be looked at.
const OVERDUE_MS = 60_000;

/** What the service stands on. */
export function openOrdersRuntime(config: OrdersConfig, logger: Logger): Promise<ServiceRuntime> {
  return ServiceRuntime.open({
    name: 'orders-service',
    amqpUrls: config.AMQP_URL,
    redisUrl: config.REDIS_URL,
    database: {
      file: config.databaseFile,
      entities: [OrderEntity, OrderItemEntity],
      migrations: [CreateEventLogAndInbox1700000000000, CreateOrders1700000000001],
    },
    consumes: [
      { queue: 'orders_queue', prefetch: config.ORDERS_PREFETCH },
      { queue: 'orders_queries', prefetch: config.ORDERS_PREFETCH },
    ],
    commands: ['products_queue'],
    logger,
  });
}

/** All wiring of the service. */
@Module({})
export class AppModule {
  static with(config: OrdersConfig, runtime: ServiceRuntime, logger: Logger): DynamicModule {
    const orders = new SqlOrderRepository();
    observePending(runtime);
    return {
      module: AppModule,
      imports: [PlatformModule.forPart(logger, runtime.metrics, runtime.health)],
      controllers: [OrdersConsumer],
      providers: [
        { provide: PlaceOrder, useValue: new PlaceOrder(orders) },
        { provide: DecideOrderWhenStockReserved, useValue: new DecideOrderWhenStockReserved(orders) },
        { provide: ShowOrder, useValue: new ShowOrder(new TypeormOrderReader(runtime.reads)) },
        {
          provide: Reconciler,
          useValue: new Reconciler(
            new ReaskPendingOrders(orders, runtime.unitOfWork),
            config.RECONCILE_INTERVAL_MS,
            logger,
          ),
        },
      ],
    };
  }
}

function observePending(runtime: ServiceRuntime): void {
  observedGauge(
    runtime.metrics,
    'holdfast_orders_overdue',
    'Orders that have been PENDING for more than a minute',
    async () => {
      const rows: { overdue: number }[] = await runtime.reads.query(
        "SELECT count(*) AS overdue FROM orders WHERE status = 'PENDING' AND created_at < ?",
        [Date.now() - OVERDUE_MS],
      );
      return rows[0]?.overdue ?? 0;
    },
  );
}

import {
  CreateDeadLetterActs1700000000100,
  CreateEventLogAndInbox1700000000000,
  DeadLetterDesk,
  deadLettersConsumer,
  KeyDeadLetterActs1700000000101,
  ServiceRuntime,
} from '@holdfast/messaging';
import { type Logger, PlatformModule } from '@holdfast/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { CancelOrder } from './app/cancel-order.js';
import { DecideOrderWhenStockReserved } from './app/decide-order-when-stock-reserved.js';
import { ListOrders } from './app/list-orders.js';
import { MendAskTimes } from './app/mend-ask-times.js';
import { NoteReleasedStock } from './app/note-released-stock.js';
import { PlaceOrder } from './app/place-order.js';
import { ReaskPendingOrders } from './app/reask-pending-orders.js';
import { ReaskUnreleasedStock } from './app/reask-unreleased-stock.js';
import { ShowOrder } from './app/show-order.js';
import { ShowOrderChanges } from './app/show-order-changes.js';
import { ShowOrderTimeline } from './app/show-order-timeline.js';
import { type OrdersConfig } from './config.js';
import { OrderHistoryConsumer } from './inbound/order-history.consumer.js';
import { OrderListsConsumer } from './inbound/order-lists.consumer.js';
import { OrdersConsumer } from './inbound/orders.consumer.js';
import { Reconciler } from './inbound/reconciler.js';
import { AddCancellation1700000000002 } from './migrations/add-cancellation.js';
import { CreateOrders1700000000001 } from './migrations/create-orders.js';
import { IndexOrderLists1700000000003 } from './migrations/index-order-lists.js';
import { idempotencyRetention } from './outbound/idempotency-retention.js';
import { OrderEntity, OrderItemEntity } from './outbound/order.entity.js';
import { observeOverdueOrders } from './outbound/overdue-orders.metric.js';
import { SqlOrderHistory } from './outbound/sql-order.history.js';
import { SqlOrderLists } from './outbound/sql-order.lists.js';
import { SqlOrderRepository } from './outbound/sql-order.repository.js';
import { TypeormOrderReader } from './outbound/typeorm-order.reader.js';

/** The tables of the service and how they came to be. */
export const ordersSchema = {
  entities: [OrderEntity, OrderItemEntity],
  migrations: [
    CreateEventLogAndInbox1700000000000,
    CreateOrders1700000000001,
    AddCancellation1700000000002,
    IndexOrderLists1700000000003,
    CreateDeadLetterActs1700000000100,
    KeyDeadLetterActs1700000000101,
  ],
};

/** What the service stands on. */
export function openOrdersRuntime(config: OrdersConfig, logger: Logger): Promise<ServiceRuntime> {
  return ServiceRuntime.open({
    name: 'orders-service',
    amqpUrls: config.AMQP_URL,
    redisUrl: config.REDIS_URL,
    database: { location: config.database, ...ordersSchema },
    consumes: [
      { queue: 'orders_queue', prefetch: config.ORDERS_PREFETCH },
      { queue: 'orders_queries', prefetch: config.ORDERS_PREFETCH },
    ],
    commands: ['products_queue'],
    prunes: [idempotencyRetention(config.IDEMPOTENCY_RETENTION_HOURS)],
    logger,
  });
}

/** All wiring of the service. */
@Module({})
export class AppModule {
  static with(config: OrdersConfig, runtime: ServiceRuntime, logger: Logger): DynamicModule {
    const orders = new SqlOrderRepository();
    const history = new SqlOrderHistory(runtime.queries);
    observeOverdueOrders(runtime.metrics, runtime.queries);
    return {
      module: AppModule,
      imports: [PlatformModule.forPart(logger, runtime.metrics, runtime.health)],
      controllers: [OrdersConsumer, OrderListsConsumer, OrderHistoryConsumer, deadLettersConsumer('orders')],
      providers: [
        { provide: DeadLetterDesk, useValue: runtime.openDeadLetterDesk('orders_queue') },
        { provide: PlaceOrder, useValue: new PlaceOrder(orders, config.IDEMPOTENCY_RETENTION_HOURS) },
        { provide: CancelOrder, useValue: new CancelOrder(orders) },
        { provide: DecideOrderWhenStockReserved, useValue: new DecideOrderWhenStockReserved(orders) },
        { provide: NoteReleasedStock, useValue: new NoteReleasedStock(orders) },
        { provide: ShowOrder, useValue: new ShowOrder(new TypeormOrderReader(runtime.reads)) },
        { provide: ListOrders, useValue: new ListOrders(new SqlOrderLists(runtime)) },
        { provide: ShowOrderChanges, useValue: new ShowOrderChanges(history) },
        { provide: ShowOrderTimeline, useValue: new ShowOrderTimeline(history) },
        {
          provide: Reconciler,
          useValue: new Reconciler(
            [
              new MendAskTimes(orders, runtime.unitOfWork),
              new ReaskPendingOrders(orders, runtime.unitOfWork),
              new ReaskUnreleasedStock(orders, runtime.unitOfWork),
            ],
            config.RECONCILE_INTERVAL_MS,
            logger,
          ),
        },
      ],
    };
  }
}

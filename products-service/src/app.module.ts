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
import { AdjustStock } from './app/adjust-stock.js';
import { ChangeProduct } from './app/change-product.js';
import { CheckStock } from './app/check-stock.js';
import { CreateProduct } from './app/create-product.js';
import { GetProduct } from './app/get-product.js';
import { ImportProduct } from './app/import-product.js';
import { ListMovements } from './app/list-movements.js';
import { ListProducts } from './app/list-products.js';
import { ReleaseStock } from './app/release-stock.js';
import { ReserveStock } from './app/reserve-stock.js';
import { ShowReservationTimeline } from './app/show-reservation-timeline.js';
import { type ProductsConfig } from './config.js';
import { CatalogueConsumer } from './inbound/catalogue.consumer.js';
import { ReservationHistoryConsumer } from './inbound/reservation-history.consumer.js';
import { StockConsumer } from './inbound/stock.consumer.js';
import { CreateProducts1700000000001 } from './migrations/create-products.js';
import { IndexAnswersByAge1700000000004 } from './migrations/index-answers-by-age.js';
import { IndexRefusedAdjustments1700000000005 } from './migrations/index-refused-adjustments.js';
import { KeepCatalogue1700000000003 } from './migrations/keep-catalogue.js';
import { KeepRefusalsOfKeys1700000000006 } from './migrations/keep-refusals-of-keys.js';
import { ReleaseAndAdjustStock1700000000002 } from './migrations/release-and-adjust-stock.js';
import { changeRetention, creationRetention, refusalRetention } from './outbound/answer-retention.js';
import { lockProducts } from './outbound/lock-products.js';
import { ProductEntity } from './outbound/product.entity.js';
import { SqlAdjustmentRepository } from './outbound/sql-adjustment.repository.js';
import { SqlChangeRecord } from './outbound/sql-change.record.js';
import { SqlCreationAnswers } from './outbound/sql-creation.answers.js';
import { SqlMovementReader } from './outbound/sql-movement.reader.js';
import { SqlOtherKeyUses } from './outbound/sql-other-key.uses.js';
import { SqlProductRepository } from './outbound/sql-product.repository.js';
import { SqlReservationHistory } from './outbound/sql-reservation.history.js';
import { SqlReservationRepository } from './outbound/sql-reservation.repository.js';
import { SqlStockRepository } from './outbound/sql-stock.repository.js';
import { SqlStockLedgerReader } from './outbound/sql-stock-ledger.reader.js';
import { observeStockLedger } from './outbound/stock-ledger.metric.js';
import { TypeormProductReader } from './outbound/typeorm-product.reader.js';

/** The tables of the service and how they came to be. */
export const productsSchema = {
  entities: [ProductEntity],
  migrations: [
    CreateEventLogAndInbox1700000000000,
    CreateProducts1700000000001,
    ReleaseAndAdjustStock1700000000002,
    KeepCatalogue1700000000003,
    CreateDeadLetterActs1700000000100,
    KeyDeadLetterActs1700000000101,
    IndexAnswersByAge1700000000004,
    IndexRefusedAdjustments1700000000005,
    KeepRefusalsOfKeys1700000000006,
  ],
  lockRows: lockProducts,
};

/** What the service stands on. */
export function openProductsRuntime(config: ProductsConfig, logger: Logger): Promise<ServiceRuntime> {
  return ServiceRuntime.open({
    name: 'products-service',
    amqpUrls: config.AMQP_URL,
    redisUrl: config.REDIS_URL,
    database: { location: config.database, ...productsSchema },
    consumes: [
      { queue: 'products_queue', prefetch: config.PRODUCTS_PREFETCH },
      { queue: 'products_queries', prefetch: config.PRODUCTS_PREFETCH },
    ],
    commands: [],
    prunes: [creationRetention(config.IDEMPOTENCY_RETENTION_HOURS), changeRetention, refusalRetention],
    logger,
  });
}

/** All wiring of the service. */
@Module({})
export class AppModule {
  static with(runtime: ServiceRuntime, logger: Logger): DynamicModule {
    const products = new TypeormProductReader(runtime.reads);
    const catalogue = new SqlProductRepository();
    const stock = new SqlStockRepository();
    const reservations = new SqlReservationRepository();
    const adjustStock = new AdjustStock(stock, new SqlAdjustmentRepository(), new SqlOtherKeyUses('product_creations'));
    const createProduct = new CreateProduct(
      catalogue,
      new SqlCreationAnswers(),
      new SqlOtherKeyUses('adjustment_requests'),
    );
    observeStockLedger(runtime.metrics, new CheckStock(new SqlStockLedgerReader(runtime)), logger);
    return {
      module: AppModule,
      imports: [PlatformModule.forPart(logger, runtime.metrics, runtime.health)],
      controllers: [StockConsumer, CatalogueConsumer, ReservationHistoryConsumer, deadLettersConsumer('products')],
      providers: [
        { provide: DeadLetterDesk, useValue: runtime.openDeadLetterDesk('products_queue') },
        { provide: ReserveStock, useValue: new ReserveStock(stock, reservations) },
        { provide: ReleaseStock, useValue: new ReleaseStock(stock, reservations) },
        {
          provide: ShowReservationTimeline,
          useValue: new ShowReservationTimeline(new SqlReservationHistory(runtime.queries)),
        },
        { provide: AdjustStock, useValue: adjustStock },
        { provide: CreateProduct, useValue: createProduct },
        { provide: ImportProduct, useValue: new ImportProduct(catalogue) },
        { provide: ChangeProduct, useValue: new ChangeProduct(catalogue, new SqlChangeRecord()) },
        { provide: GetProduct, useValue: new GetProduct(products) },
        { provide: ListProducts, useValue: new ListProducts(products) },
        { provide: ListMovements, useValue: new ListMovements(products, new SqlMovementReader(runtime.queries)) },
      ],
    };
  }
}

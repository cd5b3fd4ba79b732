import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AdjustStock as AdjustStockCommand,
  accepted,
  type Caller,
  type ChangeProduct as ChangeProductCommand,
  type CreateProduct as CreateProductCommand,
  type ListMovements as ListMovementsQuery,
  newId,
  type ProductCreated,
  type ProductDescription,
  type ProductImported,
  type ProductView,
  type ReleaseStock as ReleaseStockCommand,
  type Reply,
  type ReserveStock as ReserveStockCommand,
  type StockAdjustmentMade,
  type StockMovementPage,
  type StockReserved,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Database, openDatabase } from '@holdfast/platform';
import { newDataDir } from '@holdfast/testing';
import { AdjustStock } from '../src/app/adjust-stock.js';
import { ChangeProduct } from '../src/app/change-product.js';
import { CreateProduct } from '../src/app/create-product.js';
import { ImportProduct } from '../src/app/import-product.js';
import { ListMovements } from '../src/app/list-movements.js';
import { ReleaseStock } from '../src/app/release-stock.js';
import { ReserveStock } from '../src/app/reserve-stock.js';
import { productsSchema } from '../src/app.module.js';
import { SqlAdjustmentRepository } from '../src/outbound/sql-adjustment.repository.js';
import { SqlChangeRecord } from '../src/outbound/sql-change.record.js';
import { SqlCreationAnswers } from '../src/outbound/sql-creation.answers.js';
import { SqlMovementReader } from '../src/outbound/sql-movement.reader.js';
import { SqlProductRepository } from '../src/outbound/sql-product.repository.js';
import { SqlReservationRepository } from '../src/outbound/sql-reservation.repository.js';
import { SqlStockRepository } from '../src/outbound/sql-stock.repository.js';
import { TypeormProductReader } from '../src/outbound/typeorm-product.reader.js';

const unmeasured = { committed: () => undefined, failed: () => undefined };

export const anOrigin = (messageId = newId()): MessageOrigin => ({
  messageId,
  correlationId: messageId,
  traceparent: undefined,
  occurredAt: Date.parse('2026-01-05T09:30:00.000Z'),
});

export const OPERATOR: Caller = { role: 'operator', clientId: 'ops' };

export const aProduct = (product: Partial<ProductDescription> = {}): ProductDescription => ({
  sku: 'MUG',
  name: 'A mug',
  price: { amount: 1_250, currency: 'EUR' },
  stock: 10,
  ...product,
});

/** The service's use cases on a database file of their own, through the unit of work and nothing else. */
export class ProductsDatabase {
  private readonly createProduct = new CreateProduct(new SqlProductRepository(), new SqlCreationAnswers());
  private readonly importProduct = new ImportProduct(new SqlProductRepository());
  private readonly changeProduct = new ChangeProduct(new SqlProductRepository(), new SqlChangeRecord());
  private readonly reserveStock = new ReserveStock(new SqlStockRepository(), new SqlReservationRepository());
  private readonly releaseStock = new ReleaseStock(new SqlStockRepository(), new SqlReservationRepository());
  private readonly adjustStock = new AdjustStock(new SqlStockRepository(), new SqlAdjustmentRepository());

  private constructor(
    readonly file: string,
    private readonly folder: string,
    private readonly database: Database,
  ) {}

  static async open(): Promise<ProductsDatabase> {
    const folder = newDataDir();
    const file = join(folder, 'products.db');
    const location = { dialect: 'sqlite' as const, file };
    return new ProductsDatabase(file, folder, await openDatabase({ location, ...productsSchema }, unmeasured));
  }

  get reads() {
    return this.database.reads;
  }

  get unitOfWork() {
    return this.database.unitOfWork;
  }

  /** By an operator, without a key. */
  async create(product: ProductDescription, messageId?: string): Promise<Reply<ProductView>> {
    const reply = await this.createFor({ caller: OPERATOR, ...product }, messageId);
    return reply.ok ? accepted(reply.value.product) : reply;
  }

  createFor(command: CreateProductCommand, messageId?: string): Promise<Reply<ProductCreated>> {
    return this.unitOfWork.run((tx) => this.createProduct.execute(tx, command, anOrigin(messageId)));
  }

  import(product: ProductDescription, messageId?: string, caller = OPERATOR): Promise<Reply<ProductImported>> {
    const command = { caller, ...product };
    return this.unitOfWork.run((tx) => this.importProduct.execute(tx, command, anOrigin(messageId)));
  }

  change(command: ChangeProductCommand, messageId?: string): Promise<Reply<ProductView>> {
    return this.unitOfWork.run((tx) => this.changeProduct.execute(tx, command, anOrigin(messageId)));
  }

  movements(query: ListMovementsQuery): Promise<Reply<StockMovementPage>> {
    const products = new TypeormProductReader(this.reads);
    return new ListMovements(products, new SqlMovementReader(this.database.queries)).execute(query);
  }

  reserve(command: ReserveStockCommand): Promise<void> {
    return this.unitOfWork.run((tx) => this.reserveStock.execute(tx, command, anOrigin()));
  }

  release(command: ReleaseStockCommand): Promise<void> {
    return this.unitOfWork.run((tx) => this.releaseStock.execute(tx, command, anOrigin()));
  }

  adjust(command: AdjustStockCommand, messageId?: string): Promise<Reply<StockAdjustmentMade>> {
    return this.unitOfWork.run((tx) => this.adjustStock.execute(tx, command, anOrigin(messageId)));
  }

  /** Every event of a stream, oldest first. */
  async told(streamId: string): Promise<{ type: string; data: unknown }[]> {
    const events = await this.rows<{ type: string; payload: string }>(
      'SELECT type, payload FROM events WHERE stream_id = ? ORDER BY version',
      [streamId],
    );
    return events.map(({ type, payload }) => ({ type, data: JSON.parse(payload) as unknown }));
  }

  /** Every outcome that was told of an order, oldest first. */
  async outcomesOf(orderId: string): Promise<StockReserved[]> {
    const events = await this.told(`reservation/${orderId}`);
    return events.filter(({ type }) => type === 'product.stockReserved').map(({ data }) => data as StockReserved);
  }

  async count(table: string, where = 'true'): Promise<number> {
    const [row] = await this.rows<{ rows: number }>(`SELECT count(*) AS rows FROM ${table} WHERE ${where}`);
    return row?.rows ?? 0;
  }

  rows<Row>(sql: string, params: unknown[] = []): Promise<Row[]> {
    return this.reads.query(sql, params);
  }

  async close(): Promise<void> {
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

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
import { type Database, type Dialect, type SqlValue, type Transaction } from '@holdfast/platform';
import { TestDatabase } from '@holdfast/testing';
import { AdjustStock } from '../src/app/adjust-stock.js';
import { ChangeProduct } from '../src/app/change-product.js';
import { CheckStock } from '../src/app/check-stock.js';
import { CreateProduct } from '../src/app/create-product.js';
import { ImportProduct } from '../src/app/import-product.js';
import { ListMovements } from '../src/app/list-movements.js';
import { namesOf } from '../src/app/product-names.js';
import { ReleaseStock } from '../src/app/release-stock.js';
import { ReserveStock } from '../src/app/reserve-stock.js';
import { productsSchema } from '../src/app.module.js';
import { type StockDifference } from '../src/domain/stock-difference.js';
import { SqlAdjustmentRepository } from '../src/outbound/sql-adjustment.repository.js';
import { SqlChangeRecord } from '../src/outbound/sql-change.record.js';
import { SqlCreationAnswers } from '../src/outbound/sql-creation.answers.js';
import { SqlMovementReader } from '../src/outbound/sql-movement.reader.js';
import { SqlOtherKeyUses } from '../src/outbound/sql-other-key.uses.js';
import { SqlProductRepository } from '../src/outbound/sql-product.repository.js';
import { SqlReservationRepository } from '../src/outbound/sql-reservation.repository.js';
import { SqlStockRepository } from '../src/outbound/sql-stock.repository.js';
import { SqlStockLedgerReader } from '../src/outbound/sql-stock-ledger.reader.js';
import { TypeormProductReader } from '../src/outbound/typeorm-product.reader.js';

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

const FILLED = [
  ...['stock_movements', 'reservations', 'adjustment_requests', 'product_creations', 'product_changes', 'products'],
  ...['republications', 'events', 'inbox'],
];

/** On PostgreSQL a new database with its schema takes a second, so the tests of a file share one. */
let kept: Promise<ProductsDatabase> | undefined;
afterAll(async () => (await kept)?.remove());

/** The service's use cases on a database of their own, through the unit of work and nothing else. */
export class ProductsDatabase {
  private readonly createProduct = new CreateProduct(
    new SqlProductRepository(),
    new SqlCreationAnswers(),
    new SqlOtherKeyUses('adjustment_requests'),
  );
  private readonly importProduct = new ImportProduct(new SqlProductRepository());
  private readonly changeProduct = new ChangeProduct(new SqlProductRepository(), new SqlChangeRecord());
  private readonly reserveStock = new ReserveStock(new SqlStockRepository(), new SqlReservationRepository());
  private readonly releaseStock = new ReleaseStock(new SqlStockRepository(), new SqlReservationRepository());
  private readonly adjustStock = new AdjustStock(
    new SqlStockRepository(),
    new SqlAdjustmentRepository(),
    new SqlOtherKeyUses('product_creations'),
  );

  private constructor(
    private readonly test: TestDatabase,
    readonly database: Database,
  ) {}

  /** An empty one. */
  static async open(dialect: Dialect): Promise<ProductsDatabase> {
    if (dialect === 'sqlite') return ProductsDatabase.create(dialect);
    kept ??= ProductsDatabase.create(dialect);
    const database = await kept;
    await database.empty();
    return database;
  }

  private static async create(dialect: Dialect): Promise<ProductsDatabase> {
    const test = await TestDatabase.create(dialect);
    return new ProductsDatabase(test, await test.open(productsSchema));
  }

  /** The same database as one more instance of the service has it; it is closed with the first one. */
  async another(): Promise<ProductsDatabase> {
    return new ProductsDatabase(this.test, await this.test.open(productsSchema));
  }

  get location() {
    return this.test.location;
  }

  /** How many groups could not be committed. */
  get failures(): number {
    return this.test.failures;
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
    return this.unitOfWork.run((tx) => this.createIn(tx, command, messageId));
  }

  /** In a transaction of the test. */
  createIn(tx: Transaction, command: CreateProductCommand, messageId?: string): Promise<Reply<ProductCreated>> {
    return this.createProduct.execute(tx, command, anOrigin(messageId));
  }

  import(product: ProductDescription, messageId?: string, caller = OPERATOR): Promise<Reply<ProductImported>> {
    const command = { caller, ...product };
    return this.unitOfWork.run((tx) => this.importProduct.execute(tx, command, anOrigin(messageId)));
  }

  change(command: ChangeProductCommand, messageId?: string): Promise<Reply<ProductView>> {
    return this.run([command], (tx) => this.changeProduct.execute(tx, command, anOrigin(messageId)));
  }

  movements(query: ListMovementsQuery): Promise<Reply<StockMovementPage>> {
    const products = new TypeormProductReader(this.reads);
    return new ListMovements(products, new SqlMovementReader(this.database.queries)).execute(query);
  }

  reserve(command: ReserveStockCommand): Promise<void> {
    return this.run(command.items, (tx) => this.reserveIn(tx, command));
  }

  /** In a transaction of the test. */
  reserveIn(tx: Transaction, command: ReserveStockCommand): Promise<void> {
    return this.reserveStock.execute(tx, command, anOrigin());
  }

  release(command: ReleaseStockCommand): Promise<void> {
    return this.unitOfWork.run((tx) => this.releaseStock.execute(tx, command, anOrigin()));
  }

  adjust(command: AdjustStockCommand, messageId?: string): Promise<Reply<StockAdjustmentMade>> {
    return this.run([command], (tx) => this.adjustIn(tx, command, messageId));
  }

  /** In a transaction of the test. */
  adjustIn(tx: Transaction, command: AdjustStockCommand, messageId?: string): Promise<Reply<StockAdjustmentMade>> {
    return this.adjustStock.execute(tx, command, anOrigin(messageId));
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

  rows<Row>(sql: string, params: SqlValue[] = []): Promise<Row[]> {
    return this.database.queries.all(sql, params);
  }

  /** How a query is carried out where tables are large, for a test that knows the words of its dialect. */
  async planOf(sql: string, params: SqlValue[]): Promise<string> {
    if (this.database.dialect === 'sqlite') {
      const steps = await this.rows<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params);
      return steps.map(({ detail }) => detail).join('\n');
    }
    return this.unitOfWork.run(async (tx) => {
      await tx.run('SET LOCAL enable_seqscan = off');
      const steps = await tx.all<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, params);
      return steps.map((step) => step['QUERY PLAN']).join('\n');
    });
  }

  /** Nothing is counted that the ledger does not explain. */
  async differences(): Promise<StockDifference[]> {
    return (await new CheckStock(new SqlStockLedgerReader(this.database)).execute()).differences;
  }

  async close(): Promise<void> {
    if (this.database.dialect === 'sqlite') await this.test.close();
  }

  /** To be called when no test needs it any more. */
  remove(): Promise<void> {
    return this.test.close();
  }

  /** Without the triggers and foreign keys that keep others from it; positions go on. */
  private async empty(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await tx.run('SET LOCAL session_replication_role = replica');
      for (const table of FILLED) await tx.run(`DELETE FROM ${table}`);
    });
  }

  /** As the pipeline runs it: in turn with whoever names the same products. */
  private run<T>(products: readonly { productId: string }[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(work, '', { rows: namesOf(products) });
  }
}

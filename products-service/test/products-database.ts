import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CreateProduct as CreateProductCommand,
  newId,
  type ProductView,
  type Reply,
  type ReserveStock as ReserveStockCommand,
  type StockReserved,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { openSqlite, type SqliteDatabase } from '@holdfast/platform';
import { newDataDir } from '@holdfast/testing';
import { CreateProduct } from '../src/app/create-product.js';
import { ReserveStock } from '../src/app/reserve-stock.js';
import { productsSchema } from '../src/app.module.js';
import { SqlProductRepository } from '../src/outbound/sql-product.repository.js';
import { SqlReservationRepository } from '../src/outbound/sql-reservation.repository.js';
import { SqlStockRepository } from '../src/outbound/sql-stock.repository.js';

const unmeasured = { committed: () => undefined, failed: () => undefined };

export const anOrigin = (messageId = newId()): MessageOrigin => ({
  messageId,
  correlationId: messageId,
  traceparent: undefined,
  occurredAt: Date.parse('2026-01-05T09:30:00.000Z'),
});

export const aProduct = (product: Partial<CreateProductCommand> = {}): CreateProductCommand => ({
  sku: 'MUG',
  name: 'A mug',
  price: { amount: 1_250, currency: 'EUR' },
  stock: 10,
  ...product,
});

/** The service's use cases on a database file of their own, through the unit of work and nothing else. */
export class ProductsDatabase {
  private readonly createProduct = new CreateProduct(new SqlProductRepository());
  private readonly reserveStock = new ReserveStock(new SqlStockRepository(), new SqlReservationRepository());

  private constructor(
    readonly file: string,
    private readonly folder: string,
    private readonly database: SqliteDatabase,
  ) {}

  static async open(): Promise<ProductsDatabase> {
    const folder = newDataDir();
    const file = join(folder, 'products.db');
    return new ProductsDatabase(file, folder, await openSqlite({ file, ...productsSchema }, unmeasured));
  }

  get reads() {
    return this.database.reads;
  }

  get unitOfWork() {
    return this.database.unitOfWork;
  }

  create(command: CreateProductCommand, messageId?: string): Promise<Reply<ProductView>> {
    return this.unitOfWork.run((tx) => this.createProduct.execute(tx, command, anOrigin(messageId)));
  }

  reserve(command: ReserveStockCommand): Promise<void> {
    return this.unitOfWork.run((tx) => this.reserveStock.execute(tx, command, anOrigin()));
  }

  /** Every outcome that was told of an order, oldest first. */
  async outcomesOf(orderId: string): Promise<StockReserved[]> {
    const events = await this.rows<{ payload: string }>('SELECT payload FROM events WHERE stream_id = ?', [
      `reservation/${orderId}`,
    ]);
    return events.map(({ payload }) => JSON.parse(payload) as StockReserved);
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

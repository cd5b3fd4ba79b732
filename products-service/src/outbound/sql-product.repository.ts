import { type Transaction } from '@holdfast/platform';
import { type CreatedProduct, type ProductRepository } from '../app/ports.js';
import { type Product } from '../domain/product.js';
import { type ProductRow, productOf } from './product.row.js';
import { enterMovement } from './stock-movement.sql.js';

const INSERT_PRODUCT = `
  INSERT INTO products (id, sku, name, price_amount, price_currency, available, reserved, supplier_id,
    low_stock_threshold, request_id, version, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sku) DO NOTHING`;

const PRODUCT_BY_SKU = `
  SELECT id, sku, name, price_amount AS "priceAmount", price_currency AS "priceCurrency", available, reserved,
    supplier_id AS "supplierId", low_stock_threshold AS "lowStockThreshold", created_at AS "createdAt",
    updated_at AS "updatedAt", version, request_id AS "requestId"
  FROM products WHERE sku = ?`;

/** The catalogue, in plain SQL in the caller's transaction. */
export class SqlProductRepository implements ProductRepository {
  async insert(tx: Transaction, product: Product, requestId: string): Promise<boolean> {
    const { id, sku, name, price, available, reserved, supplierId, lowStockThreshold } = product;
    const { version, createdAt, updatedAt } = product;
    const inserted = await tx.run(INSERT_PRODUCT, [
      ...[id, sku, name, price.amount, price.currency, available, reserved, supplierId, lowStockThreshold],
      ...[requestId, version, createdAt, updatedAt],
    ]);
    if (inserted === 0) return false;
    if (available > 0) {
      await enterMovement(tx, { productId: id, kind: 'initial', available, reserved: 0, orderId: null, at: createdAt });
    }
    return true;
  }

  async findBySku(tx: Transaction, sku: string): Promise<CreatedProduct | undefined> {
    const row = await tx.get<ProductRow & { requestId: string }>(PRODUCT_BY_SKU, [sku]);
    if (!row) return undefined;
    const { requestId, ...product } = row;
    return { product: productOf(product), requestId };
  }
}

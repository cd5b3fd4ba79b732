import { forUpdate, type Transaction } from '@holdfast/platform';
import { type CreatedProduct, type Creation, type ProductRepository } from '../app/ports.js';
import { type Product, type ProductKey } from '../domain/product.js';
import { type ProductRow, productOf } from './product.row.js';
import { enterMovement } from './stock-movement.sql.js';

const INSERT_PRODUCT = `
  INSERT INTO products (id, sku, name, price_amount, price_currency, available, reserved, supplier_id,
    low_stock_threshold, request_id, fingerprint, version, catalogue_version, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sku) DO NOTHING`;

const PRODUCT = `
  id, sku, name, price_amount AS "priceAmount", price_currency AS "priceCurrency", available, reserved,
  supplier_id AS "supplierId", low_stock_threshold AS "lowStockThreshold", created_at AS "createdAt",
  updated_at AS "updatedAt", version, catalogue_version AS "catalogueVersion"`;
const CREATED_BY_SKU = `SELECT ${PRODUCT}, request_id AS "requestId", fingerprint FROM products WHERE sku = ?`;
const BY_ID = `SELECT ${PRODUCT} FROM products WHERE id = ?`;
const BY_SKU = `SELECT ${PRODUCT} FROM products WHERE sku = ?`;

const CHANGE = `
  UPDATE products SET name = ?, price_amount = ?, price_currency = ?, low_stock_threshold = ?, version = ?,
    catalogue_version = ?, updated_at = ?
  WHERE id = ?`;

/** The catalogue, in plain SQL in the caller's transaction. */
export class SqlProductRepository implements ProductRepository {
  async insert(tx: Transaction, product: Product, { requestId, fingerprint }: Creation): Promise<boolean> {
    const { id, sku, name, price, available, reserved, supplierId, lowStockThreshold } = product;
    const { version, catalogueVersion, createdAt, updatedAt } = product;
    const inserted = await tx.run(INSERT_PRODUCT, [
      ...[id, sku, name, price.amount, price.currency, available, reserved, supplierId, lowStockThreshold],
      ...[requestId, fingerprint, version, catalogueVersion, createdAt, updatedAt],
    ]);
    if (inserted === 0) return false;
    if (available > 0) {
      await enterMovement(tx, { productId: id, kind: 'initial', available, reserved: 0, orderId: null, at: createdAt });
    }
    return true;
  }

  async findBySku(tx: Transaction, sku: string): Promise<CreatedProduct | undefined> {
    const row = await tx.get<ProductRow & Creation>(CREATED_BY_SKU, [sku]);
    if (!row) return undefined;
    const { requestId, fingerprint, ...product } = row;
    return { product: productOf(product), requestId, fingerprint };
  }

  async findForChange(tx: Transaction, key: ProductKey): Promise<Product | undefined> {
    const lock = forUpdate(tx);
    const row = await ('id' in key
      ? tx.get<ProductRow>(`${BY_ID}${lock}`, [key.id])
      : tx.get<ProductRow>(`${BY_SKU}${lock}`, [key.sku]));
    return row && productOf(row);
  }

  async change(tx: Transaction, product: Product): Promise<void> {
    const { id, name, price, lowStockThreshold, version, catalogueVersion, updatedAt } = product;
    const columns = [name, price.amount, price.currency, lowStockThreshold, version, catalogueVersion, updatedAt];
    await tx.run(CHANGE, [...columns, id]);
  }
}

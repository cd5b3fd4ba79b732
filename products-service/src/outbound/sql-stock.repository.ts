import { MAX_STOCK } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type AdjustedStock, type StockLeft, type StockRepository } from '../app/ports.js';
import { type AdjustedProduct } from '../domain/adjustment.js';
import { type Demand, type HeldLine, type Offer } from '../domain/demand.js';
import { type ProductKey } from '../domain/product.js';
import { enterMovement, enterNumberedMovement } from './stock-movement.sql.js';

interface OfferRow extends Omit<Offer, 'price'> {
  amount: number;
  currency: string;
}

const OFFER = 'SELECT id, sku, name, price_amount AS amount, price_currency AS currency, available FROM products';
const OFFER_BY_ID = `${OFFER} WHERE id = ?`;
const OFFER_BY_SKU = `${OFFER} WHERE sku = ?`;

const COUNTERS = 'SELECT sku, available, reserved FROM products';
const COUNTERS_BY_ID = `${COUNTERS} WHERE id = ?`;
const COUNTERS_BY_SKU = `${COUNTERS} WHERE sku = ?`;

// What is left is checked by the UPDATE itself: a look before it would be out of date by the time it runs.
const RESERVE = `
  UPDATE products SET available = available - ?, reserved = reserved + ?, version = version + 1, updated_at = ?
  WHERE id = ? AND available >= ? RETURNING id, available, low_stock_threshold AS "lowStockThreshold"`;

// On PostgreSQL with its ledger row: each statement is a round trip, during which others wait for the product.
const RESERVE_AND_ENTER = `
  WITH taken AS (${RESERVE}),
  entered AS (
    INSERT INTO stock_movements (product_id, kind, available_delta, reserved_delta, sold_delta, order_id, created_at)
    SELECT id, 'reserve', -CAST(? AS BIGINT), CAST(? AS BIGINT), 0, CAST(? AS TEXT), CAST(? AS BIGINT) FROM taken)
  SELECT available, "lowStockThreshold" FROM taken`;

const RELEASE = `
  UPDATE products SET available = available + ?, reserved = reserved - ?, version = version + 1, updated_at = ?
  WHERE id = ? AND reserved >= ? RETURNING sku`;

const ADJUST = `
  UPDATE products SET available = available + ?, version = version + 1, updated_at = ?`;
const WITHIN_BOUNDS = `
  AND available + ? >= 0 AND available + reserved + ? <= ${MAX_STOCK}
  RETURNING id, sku, name, available, reserved, low_stock_threshold AS "lowStockThreshold"`;
const ADJUST_BY_ID = `${ADJUST} WHERE id = ? ${WITHIN_BOUNDS}`;
const ADJUST_BY_SKU = `${ADJUST} WHERE sku = ? ${WITHIN_BOUNDS}`;

/** Plain SQL in the caller's transaction: these statements are most of what an order costs here. */
export class SqlStockRepository implements StockRepository {
  async findOffer(tx: Transaction, key: ProductKey): Promise<Offer | undefined> {
    const row = await ('id' in key
      ? tx.get<OfferRow>(OFFER_BY_ID, [key.id])
      : tx.get<OfferRow>(OFFER_BY_SKU, [key.sku]));
    if (!row) return undefined;
    const { amount, currency, ...offer } = row;
    return { ...offer, price: { amount, currency } };
  }

  findCounters(
    tx: Transaction,
    key: ProductKey,
  ): Promise<Pick<AdjustedProduct, 'sku' | 'available' | 'reserved'> | undefined> {
    return 'id' in key ? tx.get(COUNTERS_BY_ID, [key.id]) : tx.get(COUNTERS_BY_SKU, [key.sku]);
  }

  async reserve(
    tx: Transaction,
    orderId: string,
    { offer: { id: productId }, quantity }: Demand,
  ): Promise<StockLeft | undefined> {
    const at = Date.now();
    const taking = [quantity, quantity, at, productId, quantity];
    if (tx.dialect === 'postgres') return tx.get(RESERVE_AND_ENTER, [...taking, quantity, quantity, orderId, at]);
    const left = await tx.get<StockLeft>(RESERVE, taking);
    if (!left) return undefined;
    await enterMovement(tx, { productId, kind: 'reserve', available: -quantity, reserved: quantity, orderId, at });
    return left;
  }

  async release(tx: Transaction, orderId: string, { productId, quantity }: HeldLine): Promise<string | undefined> {
    const at = Date.now();
    const product = await tx.get<{ sku: string }>(RELEASE, [quantity, quantity, at, productId, quantity]);
    if (!product) return undefined;
    await enterMovement(tx, { productId, kind: 'release', available: quantity, reserved: -quantity, orderId, at });
    return product.sku;
  }

  async adjust(tx: Transaction, key: ProductKey, delta: number): Promise<AdjustedStock | undefined> {
    const at = Date.now();
    const product = await ('id' in key
      ? tx.get<AdjustedProduct>(ADJUST_BY_ID, [delta, at, key.id, delta, delta])
      : tx.get<AdjustedProduct>(ADJUST_BY_SKU, [delta, at, key.sku, delta, delta]));
    if (!product) return undefined;
    const kind = delta > 0 ? 'restock' : 'write-off';
    const change = { productId: product.id, available: delta, reserved: 0, orderId: null };
    return { product, movement: await enterNumberedMovement(tx, { ...change, kind, at }) };
  }
}

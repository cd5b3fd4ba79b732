import { createHash } from 'node:crypto';
import { type AdjustStock, MAX_STOCK, newId, type StockAdjustmentView } from '@holdfast/contracts';
import { type Product, productKey } from './product.js';

/** A product after its stock was adjusted. */
export type AdjustedProduct = Pick<Product, 'id' | 'sku' | 'name' | 'available' | 'reserved' | 'lowStockThreshold'>;

/** What is told of an adjustment: its own id, who did it and why, and what there is afterwards. */
export function adjustmentOf(
  { caller, delta, reason }: AdjustStock,
  { id, sku, name, available, reserved }: AdjustedProduct,
  now: number,
): StockAdjustmentView {
  return {
    id: newId(),
    productId: id,
    sku,
    name,
    delta,
    reason,
    adjustedBy: caller.clientId,
    stock: { onHand: available + reserved, reserved, available },
    adjustedAt: new Date(now).toISOString(),
  };
}

/** Tells whether two requests with the same key are the same request. */
export const fingerprintOf = ({ productId, delta, reason }: AdjustStock): string =>
  createHash('sha256')
    .update(JSON.stringify([productKey(productId), delta, reason]))
    .digest('base64url');

/** Whether so many units can be brought in or written off: those that orders hold stay, and there are not too many after it. */
export const isAdjustable = (
  { available, reserved }: Pick<Product, 'available' | 'reserved'>,
  delta: number,
): boolean => available + delta >= 0 && available + reserved + delta <= MAX_STOCK;

/** Why a product could not be adjusted, in a sentence for the operator. */
export const refusedAdjustment = ({ sku, available }: Pick<Product, 'sku' | 'available'>, delta: number): string =>
  delta < 0
    ? `${available} of ${sku} can be written off, not ${-delta}: what orders hold stays.`
    : `${sku} would have more than ${MAX_STOCK} units, the most that are counted.`;

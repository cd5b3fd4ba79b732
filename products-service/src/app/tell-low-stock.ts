import { appendEvent, type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { hasBecomeLow, type StockLevel } from '../domain/low-stock.js';
import { type Product } from '../domain/product.js';

/** What is told of a product's stock, but for what orders reserve and give back. */
export const productStream = (productId: string): string => `product/${productId}`;

/** Says `product.stockLow` where a change has crossed the threshold, in the transaction of that change. */
export async function tellIfLow(
  tx: Transaction,
  { id: productId, sku, name }: Pick<Product, 'id' | 'sku' | 'name'>,
  before: StockLevel,
  after: StockLevel,
  origin: MessageOrigin,
): Promise<void> {
  const { available, threshold } = after;
  if (threshold === null || !hasBecomeLow(before, after)) return;
  const data = { productId, sku, name, available, threshold, crossedAt: new Date().toISOString() };
  await appendEvent(tx, { streamId: productStream(productId), type: 'product.stockLow', data }, origin);
}

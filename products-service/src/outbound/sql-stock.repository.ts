import { type Transaction } from '@holdfast/platform';
import { type StockRepository } from '../app/ports.js';
import { type Demand, type Offer } from '../domain/demand.js';
import { type ProductKey } from '../domain/product.js';
import { enterMovement } from './stock-movement.sql.js';

interface OfferRow extends Omit<Offer, 'price'> {
  amount: number;
  currency: string;
}

const OFFER = 'SELECT id, sku, name, price_amount AS amount, price_currency AS currency, available FROM products';
const OFFER_BY_ID = `${OFFER} WHERE id = ?`;
const OFFER_BY_SKU = `${OFFER} WHERE sku = ?`;

// What is left is checked by the UPDATE itself: a look before it would be out of date by the time it runs.
const RESERVE = `
  UPDATE products SET available = available - ?, reserved = reserved + ?, version = version + 1, updated_at = ?
  WHERE id = ? AND available >= ?`;

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

  async reserve(tx: Transaction, orderId: string, { offer: { id: productId }, quantity }: Demand): Promise<boolean> {
    const at = Date.now();
    const changed = await tx.run(RESERVE, [quantity, quantity, at, productId, quantity]);
    if (changed === 0) return false;
    await enterMovement(tx, { productId, kind: 'reserve', available: -quantity, reserved: quantity, orderId, at });
    return true;
  }
}

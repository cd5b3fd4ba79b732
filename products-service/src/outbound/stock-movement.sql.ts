import { type Transaction } from '@holdfast/platform';

/** One change of a product's counters. */
export interface StockMovement {
  productId: string;
  kind: 'initial' | 'reserve';
  /** Units more (or less) for sale and held by orders. */
  available: number;
  reserved: number;
  orderId: string | null;
  /** Unix milliseconds. */
  at: number;
}

const INSERT_MOVEMENT = `
  INSERT INTO stock_movements (product_id, kind, available_delta, reserved_delta, sold_delta, order_id, created_at)
  VALUES (?, ?, ?, ?, 0, ?, ?)`;

/** Adds to the ledger, in the transaction that changes the counters. */
export async function enterMovement(tx: Transaction, movement: StockMovement): Promise<void> {
  const { productId, kind, available, reserved, orderId, at } = movement;
  await tx.run(INSERT_MOVEMENT, [productId, kind, available, reserved, orderId, at]);
}

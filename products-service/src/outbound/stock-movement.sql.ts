import { type Transaction } from '@holdfast/platform';

/** One change of a product's counters. */
export interface StockMovement {
  productId: string;
  kind: 'initial' | 'restock' | 'write-off' | 'reserve' | 'release';
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
  await tx.run(INSERT_MOVEMENT, columnsOf(movement));
}

/** The same, where something refers to the movement. @returns its position in the ledger. */
export async function enterNumberedMovement(tx: Transaction, movement: StockMovement): Promise<number> {
  const entered = await tx.get<{ position: number }>(`${INSERT_MOVEMENT} RETURNING position`, columnsOf(movement));
  if (!entered) throw new Error('the ledger gave no position to a movement');
  return entered.position;
}

const columnsOf = ({
  productId,
  kind,
  available,
  reserved,
  orderId,
  at,
}: StockMovement): (string | number | null)[] => [productId, kind, available, reserved, orderId, at];

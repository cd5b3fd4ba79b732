import { type Queries } from '@holdfast/platform';
import { type LedgerMovement, type MovementReader } from '../app/ports.js';

interface MovementRow extends Omit<LedgerMovement, 'delta'> {
  available: number;
  reserved: number;
  sold: number;
}

/** Of a product, before a position, so many. */
export const MOVEMENTS = `
  SELECT m.position, m.kind, m.available_delta AS available, m.reserved_delta AS reserved, m.sold_delta AS sold,
    m.order_id AS "orderId", a.reason, a.client_id AS "adjustedBy", m.created_at AS at
  FROM stock_movements m LEFT JOIN adjustment_requests a ON a.movement_position = m.position
  WHERE m.product_id = ? AND m.position < ?
  ORDER BY m.position DESC LIMIT ?`;

/** The ledger of a product in plain SQL, by the index of its product: the last page costs what the first one does. */
export class SqlMovementReader implements MovementReader {
  constructor(private readonly queries: Queries) {}

  async listBefore(productId: string, position: number | undefined, limit: number): Promise<LedgerMovement[]> {
    const before = position ?? Number.MAX_SAFE_INTEGER;
    const rows = await this.queries.all<MovementRow>(MOVEMENTS, [productId, before, limit]);
    return rows.map(({ available, reserved, sold, ...movement }) => ({
      ...movement,
      delta: { available, reserved, sold },
    }));
  }
}

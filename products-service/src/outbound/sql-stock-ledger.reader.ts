import { type DataSource } from 'typeorm';
import { type LedgerReading, type StockLedgerReader } from '../app/ports.js';

interface SummedRow {
  id: string;
  sku: string;
  available: number;
  reserved: number;
  sold: number;
  movedAvailable: number;
  movedReserved: number;
  movedSold: number;
  movements: number;
  position: number;
}

// The plus keeps SQLite from grouping along the index of product_id, which would read the whole ledger every time instead
// of the rows after the position (75 ms against 3 ms in a ledger of a million).
const SUMS = `
  SELECT p.id, p.sku, p.available, p.reserved, p.sold,
    coalesce(m.available, 0) AS "movedAvailable", coalesce(m.reserved, 0) AS "movedReserved",
    coalesce(m.sold, 0) AS "movedSold", coalesce(m.movements, 0) AS movements, coalesce(m.position, 0) AS position
  FROM products p LEFT JOIN (
    SELECT product_id, sum(available_delta) AS available, sum(reserved_delta) AS reserved, sum(sold_delta) AS sold,
      count(*) AS movements, max(position) AS position
    FROM stock_movements WHERE position > ? GROUP BY +product_id
  ) m ON m.product_id = p.id
  ORDER BY p.sku`;

/** Counters and ledger in one statement, so that no commit can come between the two. */
export class SqlStockLedgerReader implements StockLedgerReader {
  constructor(private readonly reads: DataSource) {}

  async readAfter(position: number): Promise<LedgerReading> {
    const rows: SummedRow[] = await this.reads.query(SUMS, [position]);
    return {
      products: rows.map(({ id, sku, available, reserved, sold, movedAvailable, movedReserved, movedSold }) => ({
        id,
        sku,
        counted: { available, reserved, sold },
        moved: { available: movedAvailable, reserved: movedReserved, sold: movedSold },
      })),
      movements: rows.reduce((sum, row) => sum + row.movements, 0),
      position: rows.reduce((last, row) => Math.max(last, row.position), position),
    };
  }
}

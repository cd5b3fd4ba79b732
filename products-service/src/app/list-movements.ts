import {
  accepted,
  type ListMovements as ListMovementsQuery,
  type Reply,
  refused,
  type StockMovementPage,
  type StockMovementView,
} from '@holdfast/contracts';
import { productKey } from '../domain/product.js';
import { cursorAfter, positionOf } from './movement-cursor.js';
import { type LedgerMovement, type MovementReader, type ProductReader } from './ports.js';

/**
 * The stock ledger of a product, newest first, page by page; a page starts behind the last movement of the one before,
 * whatever came since. For operators: it names orders of every client.
 */
export class ListMovements {
  constructor(
    private readonly products: ProductReader,
    private readonly movements: MovementReader,
  ) {}

  /** @returns the page, or FORBIDDEN, PRODUCT_NOT_FOUND, or VALIDATION_FAILED when the cursor is none that a page gave. */
  async execute({ caller, productId, limit, cursor }: ListMovementsQuery): Promise<Reply<StockMovementPage>> {
    if (caller.role !== 'operator') return refused('FORBIDDEN', 'Only operators see the stock ledger.');
    const before = cursor === undefined ? undefined : positionOf(cursor);
    if (cursor !== undefined && before === undefined) {
      return refused('VALIDATION_FAILED', 'cursor: must be the nextCursor of the page before');
    }
    const product = await this.products.find(productKey(productId));
    if (!product) return refused('PRODUCT_NOT_FOUND', `There is no product ${productId}.`);
    // One more than asked for tells whether there is a next page.
    const found = await this.movements.listBefore(product.id, before, limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = last && found.length > limit ? cursorAfter(last.position) : null;
    return accepted({ data: page.map(viewOf), nextCursor });
  }
}

const viewOf = ({ at, ...movement }: LedgerMovement): StockMovementView => ({
  ...movement,
  createdAt: new Date(at).toISOString(),
});

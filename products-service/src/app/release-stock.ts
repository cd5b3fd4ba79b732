import { type ReleaseStock as ReleaseStockCommand, type StockReleased } from '@holdfast/contracts';
import { appendEvent, type MessageOrigin, republishEvent } from '@holdfast/messaging';
import { PermanentError, type Transaction } from '@holdfast/platform';
import { type HeldLine } from '../domain/demand.js';
import { orderCancelled } from '../domain/reservation-refusal.js';
import { type ReservationRepository, type StockRepository } from './ports.js';
import { reservationStream, tellOutcome } from './reservation-outcome.js';

/**
 * Gives back what an order holds, once, in the caller's transaction, and says so with `product.stockReleased`. An order
 * that asks again, in whatever message, gets that published again and nothing else happens.
 */
export class ReleaseStock {
  constructor(
    private readonly stock: StockRepository,
    private readonly reservations: ReservationRepository,
  ) {}

  async execute(tx: Transaction, command: ReleaseStockCommand, origin: MessageOrigin): Promise<void> {
    const { orderId } = command;
    const held = await this.reservations.release(tx, orderId);
    if (held) return tellReleased(tx, command, await this.giveBack(tx, orderId, held), origin);
    if (await this.reservations.isReleased(tx, orderId)) {
      return republishEvent(tx, reservationStream(orderId), 'product.stockReleased');
    }
    // The release has overtaken the reservation, which finds its answer here when it comes. One that was stored since the
    // look above holds units: storing this one fails then, and another try finds them.
    await this.reservations.insert(tx, { orderId, status: 'RELEASED', demands: [] });
    await tellOutcome(tx, command, orderCancelled(), origin);
    await tellReleased(tx, command, [], origin);
  }

  private async giveBack(tx: Transaction, orderId: string, held: readonly HeldLine[]): Promise<StockReleased['items']> {
    const items: StockReleased['items'] = [];
    for (const { productId, quantity } of held) {
      const sku = await this.stock.release(tx, orderId, { productId, quantity });
      if (sku === undefined) {
        throw new PermanentError(
          'STOCK_INCONSISTENT',
          `order ${orderId} holds ${quantity} of ${productId}, of which fewer are reserved`,
        );
      }
      items.push({ productId, sku, quantity });
    }
    return items;
  }
}

function tellReleased(
  tx: Transaction,
  { orderId, clientId, idempotencyKey }: ReleaseStockCommand,
  items: StockReleased['items'],
  origin: MessageOrigin,
): Promise<void> {
  const data = { orderId, clientId, idempotencyKey, items, releasedAt: new Date().toISOString() };
  return appendEvent(tx, { streamId: reservationStream(orderId), type: 'product.stockReleased', data }, origin);
}

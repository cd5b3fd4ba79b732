import { type ReleaseStock as ReleaseStockCommand, type StockReleased, type StockReserved } from '@holdfast/contracts';
import { appendEvent, type EventOfStream, type MessageOrigin } from '@holdfast/messaging';
import { LostRaceError, type Transaction } from '@holdfast/platform';
import { type Demand, summedByProduct } from '../domain/demand.js';
import { outOfStock, type ReservationRefusal, unknownProducts } from '../domain/reservation-refusal.js';
import { type ReservationRepository, type StockRepository } from './ports.js';
import { type ReleaseStock } from './release-stock.js';
import { reservationStream } from './reservation-outcome.js';

/** What orders-service was told of an order's stock by a database that is gone. */
export type ToldOutcome = Extract<EventOfStream, { type: 'product.stockReserved' | 'product.stockReleased' }>;

type Held = StockReserved & { reserved: true };

/**
 * Makes the stock say what an order was told of it, after a database that is older than the order was put back: an order
 * that was confirmed holds its units again, at the prices that it was confirmed with, and the same is told once more. It is
 * for a service that does not run: an order that waits could else take the units first.
 */
export class RestoreReservation {
  constructor(
    private readonly stock: StockRepository,
    private readonly reservations: ReservationRepository,
    private readonly releaseStock: ReleaseStock,
  ) {}

  /**
   * Does nothing where it was done before.
   *
   * @returns why the order cannot hold what it was promised, a sentence; undefined where all is well.
   */
  async execute(tx: Transaction, outcome: ToldOutcome): Promise<string | undefined> {
    const { orderId } = outcome.data;
    const origin = originOf(orderId);
    if (outcome.type === 'product.stockReleased') return this.release(tx, outcome.data, origin);
    if (await this.reservations.exists(tx, orderId)) return undefined;
    if (outcome.data.reserved) return this.hold(tx, outcome.data, origin);
    await this.store(tx, { orderId, status: 'REFUSED', demands: [] }, outcome, origin);
    return undefined;
  }

  private async release(tx: Transaction, data: StockReleased, origin: MessageOrigin): Promise<undefined> {
    const { orderId, clientId, idempotencyKey } = data;
    if (await this.reservations.isReleased(tx, orderId)) return undefined;
    if (await this.reservations.exists(tx, orderId)) {
      const command: ReleaseStockCommand = { orderId, clientId, idempotencyKey };
      await this.releaseStock.execute(tx, command, origin);
      return undefined;
    }
    // Taken and given back since the backup: the counters never knew of it.
    const outcome = { type: 'product.stockReleased' as const, data };
    await this.store(tx, { orderId, status: 'RELEASED', demands: [] }, outcome, origin);
    return undefined;
  }

  private async hold(tx: Transaction, data: Held, origin: MessageOrigin): Promise<string | undefined> {
    const { orderId } = data;
    const demands = await this.demandsOf(tx, data);
    if ('reason' in demands) return demands.detail;
    if (demands.some(({ offer, quantity }) => quantity > offer.available)) return outOfStock(demands).detail;
    for (const demand of demands) {
      if (!(await this.stock.reserve(tx, orderId, demand))) throw new LostRaceError('stock that was short');
    }
    const outcome = { type: 'product.stockReserved' as const, data };
    await this.store(tx, { orderId, status: 'RESERVED', demands }, outcome, origin);
    return undefined;
  }

  /** A product that had to be entered again has another id, and the sku that it had. */
  private async demandsOf(tx: Transaction, { items }: Held): Promise<Demand[] | ReservationRefusal> {
    const wanted: Demand[] = [];
    const unknown: string[] = [];
    for (const { productId, sku, quantity } of items) {
      const offer = (await this.stock.findOffer(tx, { id: productId })) ?? (await this.stock.findOffer(tx, { sku }));
      if (offer) wanted.push({ offer, quantity });
      else unknown.push(sku);
    }
    return unknown.length > 0 ? unknownProducts(unknown) : summedByProduct(wanted);
  }

  private async store(
    tx: Transaction,
    reservation: Parameters<ReservationRepository['insert']>[1],
    outcome: ToldOutcome,
    origin: MessageOrigin,
  ): Promise<void> {
    await this.reservations.insert(tx, reservation);
    await appendEvent(tx, { streamId: reservationStream(reservation.orderId), ...outcome }, origin);
  }
}

/** The message that asked for it is known to nobody any more; what it belongs to is the order. */
const originOf = (orderId: string): MessageOrigin => ({
  messageId: orderId,
  correlationId: orderId,
  traceparent: undefined,
  occurredAt: Date.now(),
});

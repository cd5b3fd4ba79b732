import { type OrderLine, type ReserveStock as ReserveStockCommand } from '@holdfast/contracts';
import { type MessageOrigin, republishEvent } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { type Demand, type Offer } from '../domain/demand.js';
import { productKey } from '../domain/product.js';
import { planReservation, type ReservationPlan } from '../domain/reservation.js';
import { outOfStock, type ReservationRefusal } from '../domain/reservation-refusal.js';
import { type ReservationRepository, type StockRepository } from './ports.js';
import { reservationStream, tellOutcome } from './reservation-outcome.js';
import { tellIfLow } from './tell-low-stock.js';

/**
 * Reserves all lines of an order or none, in the caller's transaction, and says so with `product.stockReserved`. An order
 * that asks again, in whatever message, gets its first outcome published again and nothing else happens.
 */
export class ReserveStock {
  constructor(
    private readonly stock: StockRepository,
    private readonly reservations: ReservationRepository,
  ) {}

  async execute(tx: Transaction, command: ReserveStockCommand, origin: MessageOrigin): Promise<void> {
    const { orderId } = command;
    if (await this.reservations.exists(tx, orderId)) {
      return republishEvent(tx, reservationStream(orderId), 'product.stockReserved');
    }
    const outcome = await this.reserve(tx, command, origin);
    await tellOutcome(tx, command, outcome, origin);
    await this.reservations.insert(tx, {
      orderId,
      status: outcome.reserved ? 'RESERVED' : 'REFUSED',
      demands: outcome.reserved ? outcome.demands : [],
    });
  }

  private async reserve(
    tx: Transaction,
    { orderId, items }: ReserveStockCommand,
    origin: MessageOrigin,
  ): Promise<ReservationPlan | ReservationRefusal> {
    const plan = planReservation(items, await this.offersFor(tx, items));
    if (!plan.reserved) return plan;
    return (await this.takeAll(tx, orderId, plan.demands, origin)) ? plan : outOfStock(plan.demands);
  }

  private async offersFor(tx: Transaction, lines: readonly OrderLine[]): Promise<Map<string, Offer>> {
    const offers = new Map<string, Offer>();
    for (const ref of new Set(lines.map((line) => line.productId))) {
      const offer = await this.stock.findOffer(tx, productKey(ref));
      if (offer) offers.set(ref, offer);
    }
    return offers;
  }

  private async takeAll(
    tx: Transaction,
    orderId: string,
    demands: readonly Demand[],
    origin: MessageOrigin,
  ): Promise<boolean> {
    const [first, ...others] = demands;
    // One guarded UPDATE is all or nothing by itself; the savepoint would cost two statements more.
    if (first && others.length === 0) return this.take(tx, orderId, first, origin);
    try {
      await tx.savepoint(async () => {
        for (const demand of demands) {
          if (!(await this.take(tx, orderId, demand, origin))) throw new NotEnough();
        }
      });
      return true;
    } catch (error) {
      if (error instanceof NotEnough) return false;
      throw error;
    }
  }

  private async take(tx: Transaction, orderId: string, demand: Demand, origin: MessageOrigin): Promise<boolean> {
    const left = await this.stock.reserve(tx, orderId, demand);
    if (!left) return false;
    const { available, lowStockThreshold: threshold } = left;
    const before = { available: available + demand.quantity, threshold };
    await tellIfLow(tx, demand.offer, before, { available, threshold }, origin);
    return true;
  }
}

/** Undoes the savepoint; never leaves this file. */
class NotEnough extends Error {}

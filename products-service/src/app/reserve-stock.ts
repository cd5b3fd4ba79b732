import { type OrderLine, type ReserveStock as ReserveStockCommand } from '@holdfast/contracts';
import { type MessageOrigin, republishEvent } from '@holdfast/messaging';
import { LostRaceError, type Transaction } from '@holdfast/platform';
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
    const { orderId, items } = command;
    // Side by side, here and below: on PostgreSQL every round trip lengthens the time for which others wait for the product.
    const [asksAgain, offers] = await Promise.all([this.reservations.exists(tx, orderId), this.offersFor(tx, items)]);
    if (asksAgain) return republishEvent(tx, reservationStream(orderId), 'product.stockReserved');
    const outcome = await this.reserve(tx, command, offers, origin);
    const status = outcome.reserved ? 'RESERVED' : 'REFUSED';
    await Promise.all([
      tellOutcome(tx, command, outcome, origin),
      this.reservations.insert(tx, { orderId, status, demands: outcome.reserved ? outcome.demands : [] }),
    ]);
  }

  private async reserve(
    tx: Transaction,
    { orderId, items }: ReserveStockCommand,
    offers: ReadonlyMap<string, Offer>,
    origin: MessageOrigin,
  ): Promise<ReservationPlan | ReservationRefusal> {
    const plan = planReservation(items, offers);
    if (!plan.reserved) return plan;
    if (await this.takeAll(tx, orderId, plan.demands, origin)) return plan;
    return outOfStock(await this.asItIsNow(tx, plan.demands));
  }

  /** Others take and bring back between the look at the offers and the taking: the refusal names what is short by now. */
  private async asItIsNow(tx: Transaction, demands: readonly Demand[]): Promise<Demand[]> {
    const now: Demand[] = [];
    for (const { offer, quantity } of demands) {
      now.push({ offer: (await this.stock.findOffer(tx, { id: offer.id })) ?? offer, quantity });
    }
    if (!now.some(({ offer, quantity }) => quantity > offer.available)) throw new LostRaceError('stock that was short');
    return now;
  }

  private async offersFor(tx: Transaction, lines: readonly OrderLine[]): Promise<Map<string, Offer>> {
    const refs = [...new Set(lines.map((line) => line.productId))];
    const offers = await Promise.all(refs.map((ref) => this.stock.findOffer(tx, productKey(ref))));
    return new Map(
      refs.flatMap((ref, index): [string, Offer][] => {
        const offer = offers[index];
        return offer ? [[ref, offer]] : [];
      }),
    );
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
        // In order of their ids. All of them have ended before anything is undone: nothing may be written after that.
        const taken = await Promise.allSettled(demands.map((demand) => this.take(tx, orderId, demand, origin)));
        for (const take of taken) if (take.status === 'rejected') throw take.reason;
        if (!taken.every((take) => take.status === 'fulfilled' && take.value)) throw new NotEnough();
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

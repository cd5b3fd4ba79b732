import { type OrderLine, type ReserveStock as ReserveStockCommand } from '@holdfast/contracts';
import { appendEvent, type MessageOrigin, republishEvent } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { type Demand, type Offer } from '../domain/demand.js';
import { productKey } from '../domain/product.js';
import { planReservation, type ReservationPlan } from '../domain/reservation.js';
import { outOfStock, type ReservationRefusal } from '../domain/reservation-refusal.js';
import { type ReservationRepository, type StockRepository } from './ports.js';

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
      return republishEvent(tx, streamOf(orderId), 'product.stockReserved');
    }
    const outcome = await this.reserve(tx, command);
    await appendOutcome(tx, command, outcome, origin);
    await this.reservations.insert(tx, {
      orderId,
      status: outcome.reserved ? 'RESERVED' : 'REFUSED',
      demands: outcome.reserved ? outcome.demands : [],
    });
  }

  private async reserve(
    tx: Transaction,
    { orderId, items }: ReserveStockCommand,
  ): Promise<ReservationPlan | ReservationRefusal> {
    const plan = planReservation(items, await this.offersFor(tx, items));
    if (!plan.reserved) return plan;
    return (await this.takeAll(tx, orderId, plan.demands)) ? plan : outOfStock(plan.demands);
  }

  private async offersFor(tx: Transaction, lines: readonly OrderLine[]): Promise<Map<string, Offer>> {
    const offers = new Map<string, Offer>();
    for (const ref of new Set(lines.map((line) => line.productId))) {
      const offer = await this.stock.findOffer(tx, productKey(ref));
      if (offer) offers.set(ref, offer);
    }
    return offers;
  }

  private async takeAll(tx: Transaction, orderId: string, demands: readonly Demand[]): Promise<boolean> {
    const [first, ...others] = demands;
    // One guarded UPDATE is all or nothing by itself; the savepoint would cost two statements more.
    if (first && others.length === 0) return this.stock.reserve(tx, orderId, first);
    try {
      await tx.savepoint(async () => {
        for (const demand of demands) {
          if (!(await this.stock.reserve(tx, orderId, demand))) throw new NotEnough();
        }
      });
      return true;
    } catch (error) {
      if (error instanceof NotEnough) return false;
      throw error;
    }
  }
}

const streamOf = (orderId: string): string => `reservation/${orderId}`;

/** Undoes the savepoint; never leaves this file. */
class NotEnough extends Error {}

function appendOutcome(
  tx: Transaction,
  { orderId, clientId, idempotencyKey }: ReserveStockCommand,
  outcome: ReservationPlan | ReservationRefusal,
  origin: MessageOrigin,
): Promise<void> {
  const told = outcome.reserved
    ? { reserved: true as const, items: outcome.items, total: outcome.total }
    : { reserved: false as const, reason: outcome.reason, detail: outcome.detail };
  const data = { orderId, clientId, idempotencyKey, ...told };
  return appendEvent(tx, { streamId: streamOf(orderId), type: 'product.stockReserved', data }, origin);
}

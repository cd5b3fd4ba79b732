import { type Money, type OrderLine, type SoldLine } from '@holdfast/contracts';
import { type Demand, type Offer, summedByProduct } from './demand.js';
import { mixedCurrencies, type ReservationRefusal, totalTooLarge, unknownProducts } from './reservation-refusal.js';

/** What a reservation comes to, if every demand can be met. */
export interface ReservationPlan {
  reserved: true;
  demands: readonly Demand[];
  /** In the order of the order's lines, repeated ones included. */
  items: SoldLine[];
  total: Money;
}

/**
 * Everything about a reservation that does not depend on how much is left. Whether there is enough is decided by the
 * guarded UPDATE that takes it, and by nothing before.
 *
 * @param lines at least one.
 * @param offers the products that exist, by the names that the lines give them.
 */
export function planReservation(
  lines: readonly OrderLine[],
  offers: ReadonlyMap<string, Offer>,
): ReservationPlan | ReservationRefusal {
  const wanted: Demand[] = [];
  const unknown: string[] = [];
  for (const { productId, quantity } of lines) {
    const offer = offers.get(productId);
    if (offer) wanted.push({ offer, quantity });
    else unknown.push(productId);
  }
  if (unknown.length > 0) return unknownProducts(unknown);
  const [currency = '', ...others] = new Set(wanted.map(({ offer }) => offer.price.currency));
  if (others.length > 0) return mixedCurrencies([currency, ...others]);
  const amount = totalOf(wanted);
  if (!Number.isSafeInteger(amount)) return totalTooLarge();
  return {
    reserved: true,
    demands: summedByProduct(wanted),
    items: wanted.map(soldLine),
    total: { amount, currency },
  };
}

/**
 * A line is at most 10^9 x 10^6 = 10^15 minor units, which a double holds exactly. A sum that passes 2^53 may be rounded
 * from there on, but never back below it, so that the check of the final sum is enough.
 */
const totalOf = (wanted: readonly Demand[]): number =>
  wanted.reduce((sum, { offer, quantity }) => sum + offer.price.amount * quantity, 0);

const soldLine = ({ offer: { id, sku, name, price }, quantity }: Demand): SoldLine => ({
  productId: id,
  quantity,
  sku,
  name,
  unitPrice: price,
});

import { type RejectionReason } from '@holdfast/contracts';
import { type Demand } from './demand.js';

export interface ReservationRefusal {
  reserved: false;
  reason: RejectionReason;
  /** A sentence for the buyer. */
  detail: string;
}

// An order has up to 100 lines; a buyer acts on the first few.
const MAX_NAMED = 3;

/** @param refs as the buyer wrote them; one that is repeated is named once. */
export const unknownProducts = (refs: readonly string[]): ReservationRefusal =>
  refusal('UNKNOWN_PRODUCT', `Not in the catalogue: ${firstOf([...new Set(refs)])}.`);

export const mixedCurrencies = (currencies: readonly string[]): ReservationRefusal =>
  refusal('MIXED_CURRENCIES', `The lines are priced in ${firstOf(currencies)}; an order has one currency.`);

export const totalTooLarge = (): ReservationRefusal =>
  refusal(
    'TOTAL_TOO_LARGE',
    `The total is above ${Number.MAX_SAFE_INTEGER} minor units, the most that is counted exactly; split the order.`,
  );

/** The reservation comes too late: the order has been cancelled, and must never hold anything. */
export const orderCancelled = (): ReservationRefusal =>
  refusal('ORDER_CANCELLED', 'The order was cancelled before its stock was reserved.');

/** @param demands all of the order's, with `available` as it is while nothing of this order is taken. */
export function outOfStock(demands: readonly Demand[]): ReservationRefusal {
  const short = demands
    .filter(({ offer, quantity }) => quantity > offer.available)
    .map(({ offer, quantity }) => `${offer.sku} (${quantity} wanted, ${offer.available} available)`);
  return refusal('OUT_OF_STOCK', `There is not enough of ${firstOf(short)}.`);
}

function firstOf(names: readonly string[]): string {
  const named = names.slice(0, MAX_NAMED).join(', ');
  return names.length > MAX_NAMED ? `${named} and ${names.length - MAX_NAMED} more` : named;
}

const refusal = (reason: RejectionReason, detail: string): ReservationRefusal => ({ reserved: false, reason, detail });

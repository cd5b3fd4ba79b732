import { MAX_ORDER_LINES, MAX_PRICE_AMOUNT, MAX_QUANTITY } from '@holdfast/contracts';
import { type Offer } from './demand.js';
import { planReservation } from './reservation.js';

const anOffer = (offer: Partial<Offer> & { sku: string }): Offer => ({
  id: `id-of-${offer.sku}`,
  name: offer.sku.toUpperCase(),
  price: { amount: 100, currency: 'EUR' },
  available: 10,
  ...offer,
});

const offered = (...offers: Offer[]) =>
  new Map(offers.flatMap((offer) => [[offer.sku, offer] as const, [offer.id, offer] as const]));

const line = (productId: string, quantity: number) => ({ productId, quantity });

describe('planning a reservation', () => {
  it('prices the lines as they are and adds them up', () => {
    const mug = anOffer({ sku: 'mug', price: { amount: 1_250, currency: 'EUR' } });
    const cup = anOffer({ sku: 'cup', price: { amount: 399, currency: 'EUR' } });
    expect(planReservation([line('mug', 2), line('cup', 3)], offered(mug, cup))).toMatchObject({
      reserved: true,
      items: [
        { productId: mug.id, sku: 'mug', name: 'MUG', quantity: 2, unitPrice: { amount: 1_250, currency: 'EUR' } },
        { productId: cup.id, sku: 'cup', name: 'CUP', quantity: 3, unitPrice: { amount: 399, currency: 'EUR' } },
      ],
      total: { amount: 3_697, currency: 'EUR' },
    });
  });

  it('sums the demand of repeated lines, by whichever name, and keeps the lines', () => {
    const mug = anOffer({ sku: 'mug' });
    const plan = planReservation([line('mug', 2), line(mug.id, 3), line('mug', 1)], offered(mug));
    expect(plan).toMatchObject({ reserved: true, demands: [{ offer: mug, quantity: 6 }] });
    expect(plan.reserved && plan.items.map(({ quantity }) => quantity)).toEqual([2, 3, 1]);
  });

  it('takes products in order of their ids, whatever the order of the lines', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((sku) => anOffer({ sku })) as [Offer, Offer, Offer];
    const plan = planReservation([line('c', 1), line('a', 1), line('b', 1)], offered(a, b, c));
    expect(plan.reserved && plan.demands.map(({ offer }) => offer.sku)).toEqual(['a', 'b', 'c']);
  });

  it('leaves it to the taking whether there is enough', () => {
    expect(planReservation([line('mug', 11)], offered(anOffer({ sku: 'mug', available: 10 }))).reserved).toBe(true);
  });

  it('gives things away that cost nothing', () => {
    const gift = anOffer({ sku: 'gift', price: { amount: 0, currency: 'EUR' } });
    expect(planReservation([line('gift', 3)], offered(gift))).toMatchObject({ total: { amount: 0, currency: 'EUR' } });
  });

  it('names the products that do not exist, each once', () => {
    const lines = [line('mug', 1), line('x', 1), line('y', 1), line('x', 2)];
    expect(planReservation(lines, offered(anOffer({ sku: 'mug' })))).toEqual({
      reserved: false,
      reason: 'UNKNOWN_PRODUCT',
      detail: 'Not in the catalogue: x, y.',
    });
  });

  it('names a few of many', () => {
    const lines = ['a', 'b', 'c', 'd', 'e'].map((ref) => line(ref, 1));
    expect(planReservation(lines, new Map())).toMatchObject({ detail: 'Not in the catalogue: a, b, c and 2 more.' });
  });

  it('refuses lines in several currencies', () => {
    const euros = anOffer({ sku: 'mug' });
    const dollars = anOffer({ sku: 'cup', price: { amount: 100, currency: 'USD' } });
    expect(planReservation([line('mug', 1), line('cup', 1)], offered(euros, dollars))).toEqual({
      reserved: false,
      reason: 'MIXED_CURRENCIES',
      detail: 'The lines are priced in EUR, USD; an order has one currency.',
    });
  });
});

describe('the total of a reservation', () => {
  const dear = anOffer({ sku: 'dear', price: { amount: MAX_PRICE_AMOUNT, currency: 'EUR' } });
  const dearLines = (count: number) => Array.from({ length: count }, () => line('dear', MAX_QUANTITY));

  it('is exact for the largest line, and for as many of them as a number counts', () => {
    expect(planReservation(dearLines(1), offered(dear))).toMatchObject({ total: { amount: 10 ** 15 } });
    expect(planReservation(dearLines(9), offered(dear))).toMatchObject({ total: { amount: 9 * 10 ** 15 } });
  });

  it('is exact up to the last unit', () => {
    const rest = Number.MAX_SAFE_INTEGER - 9 * 10 ** 15;
    const penny = anOffer({ sku: 'penny', price: { amount: 1, currency: 'EUR' } });
    const fill = [...dearLines(9), line('dear', Math.floor(rest / MAX_PRICE_AMOUNT))];
    const pennies = rest % MAX_PRICE_AMOUNT;
    const whole = Array.from({ length: Math.floor(pennies / MAX_QUANTITY) }, () => line('penny', MAX_QUANTITY));
    const exact = [...fill, ...whole, line('penny', pennies % MAX_QUANTITY)];
    const offers = offered(dear, penny);
    expect(planReservation(exact, offers)).toMatchObject({ total: { amount: Number.MAX_SAFE_INTEGER } });
    expect(planReservation([...exact, line('penny', 1)], offers)).toMatchObject({ reason: 'TOTAL_TOO_LARGE' });
  });

  it('is refused when no number holds it', () => {
    expect(planReservation(dearLines(10), offered(dear))).toMatchObject({ reserved: false, reason: 'TOTAL_TOO_LARGE' });
    expect(planReservation(dearLines(MAX_ORDER_LINES), offered(dear))).toMatchObject({ reason: 'TOTAL_TOO_LARGE' });
  });
});

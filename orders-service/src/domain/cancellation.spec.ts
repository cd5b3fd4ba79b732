import { type CancelOrder, newId, type OrderStatus } from '@holdfast/contracts';
import { cancelled, judgeCancellation } from './cancellation.js';
import { newOrder, type Order } from './order.js';

const now = Date.UTC(2026, 0, 1);
const orderId = newId();
const requestId = newId();

const anOrder = (given: Partial<Order>): Order => ({
  ...newOrder({ clientId: 'shop', items: [{ productId: 'mug', quantity: 2 }] }, orderId, now),
  ...given,
});

const aRequest = (given: Partial<CancelOrder> = {}): CancelOrder => ({
  caller: { role: 'client', clientId: 'shop' },
  orderId,
  ...given,
});

const outcomeOf = (order: Order | undefined, request: Partial<CancelOrder> = {}): string => {
  const verdict = judgeCancellation(order, aRequest(request));
  return verdict.kind === 'refused' ? verdict.refusal.code : verdict.kind;
};

describe('a request to cancel', () => {
  it.each<[OrderStatus, string]>([
    ['PENDING', 'cancel'],
    ['CONFIRMED', 'cancel'],
    ['REJECTED', 'ORDER_NOT_CANCELLABLE'],
    ['CANCELLED', 'cancelled-already'],
  ])('of an order that is %s: %s', (status, outcome) => {
    expect(outcomeOf(anOrder({ status }))).toBe(outcome);
    expect(outcomeOf(anOrder({ status, version: 4 }), { ifVersion: 4 })).toBe(outcome);
  });

  it.each<[OrderStatus, string]>([
    ['PENDING', 'VERSION_MISMATCH'],
    ['CONFIRMED', 'VERSION_MISMATCH'],
    // What is asked for has been done: this may be the repeat of the request that did it.
    ['CANCELLED', 'cancelled-already'],
    // It would be refused without a condition too, which is then not looked at.
    ['REJECTED', 'ORDER_NOT_CANCELLABLE'],
  ])('of another version of an order that is %s: %s', (status, outcome) => {
    for (const ifVersion of [1, 3]) expect(outcomeOf(anOrder({ status, version: 2 }), { ifVersion })).toBe(outcome);
  });

  it("does not find another client's order, in whatever state, unless an operator asks", () => {
    const order = anOrder({ clientId: 'other' });
    const states = [
      order,
      anOrder({ clientId: 'other', status: 'REJECTED' }),
      cancelled(order, requestId, now),
      undefined,
    ];
    for (const found of states) expect(outcomeOf(found, { ifVersion: 9 })).toBe('ORDER_NOT_FOUND');
    expect(outcomeOf(order, { caller: { role: 'operator', clientId: 'ops' } })).toBe('cancel');
  });

  it('says the same of an order that is not there and of one that is not theirs', () => {
    const absent = judgeCancellation(undefined, aRequest());
    expect(judgeCancellation(anOrder({ clientId: 'other' }), aRequest())).toEqual(absent);
  });
});

it('a cancelled order is one version further and otherwise the same', () => {
  const order = anOrder({ status: 'CONFIRMED', version: 2, total: { amount: 100, currency: 'EUR' } });
  expect(cancelled(order, requestId, now + 5)).toEqual({
    ...order,
    status: 'CANCELLED',
    cancelledBy: requestId,
    updatedAt: now + 5,
    version: 3,
  });
});

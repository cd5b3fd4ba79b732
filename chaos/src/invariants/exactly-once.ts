import { groupedBy } from '@holdfast/testing';
import { adjustmentsIn } from './adjustments.js';
import { type Evidence, firstOf, type Invariant } from './invariant.js';

/** What was asked once or ten times is done once. */
export const exactlyOnce: Invariant = {
  letter: 'E',
  promise: 'one order per idempotency key, one stock movement per reservation',
  violations: (evidence) => [
    ...ordersPerKey(evidence),
    ...differentAnswers(evidence),
    ...movementsPerReservation(evidence),
    ...movementsPerAdjustment(evidence),
  ],
};

function ordersPerKey({ books, calls }: Evidence): string[] {
  const asked = new Set(
    calls.flatMap(({ asked: { operation, key } }) => (operation === 'place' ? [`shop:${key}`] : [])),
  );
  const byKey = groupedBy(books.orders, ({ idempotencyKey }) => idempotencyKey);
  return firstOf(
    [...byKey].flatMap(([key, orders]) => {
      if (!asked.has(key)) return [`an order has the key ${key}, which nobody has sent`];
      return orders.length > 1 ? [`${key} has ${orders.length} orders`] : [];
    }),
  );
}

/** The answer that is stored is the answer that everybody gets, byte for byte; here its id and version. */
function differentAnswers({ calls }: Evidence): string[] {
  const placed = groupedBy(
    calls.filter(({ asked }) => asked.operation === 'place'),
    ({ asked }) => asked.key ?? '',
  );
  return firstOf(
    [...placed].flatMap(([key, attempts]) => {
      const answers = attempts.flatMap(({ outcome }) =>
        outcome?.kind === 'answered' && outcome.order ? [JSON.stringify(outcome.order)] : [],
      );
      return new Set(answers).size > 1
        ? [`${key} was answered in different ways: ${[...new Set(answers)].join(', ')}`]
        : [];
    }),
  );
}

function movementsPerReservation({ books }: Evidence): string[] {
  const units = new Map<string, number>();
  for (const { orderId, quantity } of books.items) units.set(orderId, (units.get(orderId) ?? 0) + quantity);
  return firstOf(
    books.holdings.flatMap(({ orderId, taken }) => {
      const wanted = units.get(orderId);
      return taken === wanted || taken === 0 ? [] : [`order ${orderId} of ${wanted} units was given ${taken}`];
    }),
  );
}

function movementsPerAdjustment({ books, calls, initialStock }: Evidence): string[] {
  const made = groupedBy(adjustmentsIn(calls), ({ sku }) => sku);
  return firstOf(
    [...initialStock.keys()].flatMap((sku) => {
      const id = books.products.find((product) => product.sku === sku)?.id;
      const adjusted = books.ledger.find((row) => row.id === id)?.adjusted ?? 0;
      const expected = made.get(sku)?.length ?? 0;
      return adjusted === expected ? [] : [`${sku} was adjusted ${expected} times, ${adjusted} times by the ledger`];
    }),
  );
}

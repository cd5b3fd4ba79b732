import { type Evidence, firstOf, groupedBy, type Invariant } from './invariant.js';

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

const movementsPerAdjustment = ({ books }: Evidence): string[] =>
  firstOf(
    books.adjustments.flatMap(({ idempotencyKey, movements }) =>
      movements === 1 ? [] : [`adjustment ${idempotencyKey} is in the ledger ${movements} times`],
    ),
  );

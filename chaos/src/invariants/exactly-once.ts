import { groupedBy } from '@holdfast/testing';
import { type OrderLine } from '../load/shop-client.js';
import { adjustmentsIn } from './adjustments.js';
import { type Evidence, firstOf, type Invariant } from './invariant.js';
import { NOTHING, type Units, unitsByOrder, unitsIn } from './units.js';

/** What was asked once or ten times is done once. */
export const exactlyOnce: Invariant = {
  letter: 'E',
  promise: 'one order per idempotency key, of what was asked for; one stock movement per reservation',
  violations: (evidence) => [
    ...ordersPerKey(evidence),
    ...differentAnswers(evidence),
    ...otherLines(evidence),
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

/** What is stored is what was asked for. */
function otherLines({ books, calls }: Evidence): string[] {
  const asked = new Map<string, string>(
    calls.flatMap(({ asked: { operation, key, body } }) =>
      operation === 'place' ? [[`shop:${key}`, unitsIn(linesIn(body))] as const] : [],
    ),
  );
  const stored = unitsByOrder(books.items);
  return firstOf(
    books.orders.flatMap(({ id, idempotencyKey }) => {
      const wanted = asked.get(idempotencyKey);
      const has = stored.get(id) ?? NOTHING;
      return wanted === undefined || has === wanted ? [] : [`order ${id} is of ${has}, asked for was ${wanted}`];
    }),
  );
}

const linesIn = (body: object = {}): Units[] =>
  ((body as { items?: OrderLine[] }).items ?? []).map(({ productId, quantity }) => ({ product: productId, quantity }));

function movementsPerReservation({ books }: Evidence): string[] {
  const wanted = unitsByOrder(books.items);
  const taken = unitsByOrder(books.holdings.map((row) => ({ ...row, quantity: row.taken })));
  return firstOf(
    [...taken].flatMap(([id, given]) =>
      given === wanted.get(id) || given === NOTHING
        ? []
        : [`order ${id} of ${wanted.get(id) ?? NOTHING} was given ${given}`],
    ),
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

import { type Call } from '../history/history.js';
import { adjustmentsIn } from './adjustments.js';
import { type Evidence, firstOf, type Invariant } from './invariant.js';

/** Whoever was told 201 has it, and it is decided. */
export const liveness: Invariant = {
  letter: 'L',
  promise: 'every accepted order exists and is final after healing; no message is given up',
  violations: (evidence) => [
    ...unfinished(evidence),
    ...lostOrders(evidence),
    ...lostAdjustments(evidence),
    ...givenUp(evidence),
  ],
};

const unfinished = ({ unfinished: left }: Evidence): string[] =>
  Object.entries(left).map(([what, count]) => `did not come to rest: ${count} ${what}`);

function lostOrders({ calls, books }: Evidence): string[] {
  const orders = new Map(books.orders.map((order) => [order.id, order]));
  return firstOf(
    [...acceptedIds(calls)].flatMap((id) => {
      const order = orders.get(id);
      if (!order) return [`order ${id} was accepted and is gone`];
      if (order.status === 'PENDING') return [`order ${id} is still PENDING`];
      const holds = order.status === 'CANCELLED' && order.stockReleased === 0;
      return holds ? [`order ${id} is cancelled and is not known to have given its stock back`] : [];
    }),
  );
}

function acceptedIds(calls: readonly Call[]): Set<string> {
  const placed = calls.filter(({ asked }) => asked.operation === 'place');
  return new Set(
    placed.flatMap(({ outcome }) => (outcome?.kind === 'answered' && outcome.order ? [outcome.order.id] : [])),
  );
}

function lostAdjustments({ calls, books }: Evidence): string[] {
  const known = new Set(books.adjustments.map(({ idempotencyKey }) => idempotencyKey));
  const gone = adjustmentsIn(calls).filter(({ key }) => !known.has(key));
  return firstOf(gone.map(({ key }) => `adjustment ${key} was accepted and is gone`));
}

function givenUp({ deadLetters, poisoned }: Evidence): string[] {
  const count = Object.values(deadLetters).reduce((sum, held) => sum + held, 0);
  return count === poisoned
    ? []
    : [`${count} dead letters (${JSON.stringify(deadLetters)}), ${poisoned} were sent to be`];
}

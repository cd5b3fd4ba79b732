import { groupedBy } from '@holdfast/testing';
import { type OrderStatus } from '../books/books.js';
import { type Call, type Sighting } from '../history/history.js';
import { type Evidence, firstOf, type Invariant } from './invariant.js';

/** What is over stays as it is, for everybody who looks. */
export const immutability: Invariant = {
  letter: 'M',
  promise: 'a final state never changes',
  violations: (evidence) => [...histories(evidence), ...sightings(evidence), ...steps(evidence)],
};

/** Everything that may happen to an order, in this order; CONFIRMED may still be cancelled. */
const LIVES = [
  'order.created,product.reserveStock',
  'order.created,product.reserveStock,order.confirmed',
  'order.created,product.reserveStock,order.rejected',
  'order.created,product.reserveStock,order.cancelled,product.releaseStock',
  'order.created,product.reserveStock,order.confirmed,order.cancelled,product.releaseStock',
];

function histories({ books }: Evidence): string[] {
  const events = groupedBy(books.orderEvents, ({ streamId }) => streamId);
  return firstOf(
    books.orders.flatMap(({ id }) => {
      const life = (events.get(`order/${id}`) ?? []).map(({ type }) => type).join();
      return LIVES.includes(life) ? [] : [`order ${id} has the history ${life || 'nothing'}`];
    }),
  );
}

const NEXT: Record<OrderStatus, readonly OrderStatus[]> = {
  PENDING: ['PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED'],
  CONFIRMED: ['CONFIRMED', 'CANCELLED'],
  REJECTED: ['REJECTED'],
  CANCELLED: ['CANCELLED'],
};

/** Whoever asks after somebody was answered sees the same or something later. */
function sightings({ calls }: Evidence): string[] {
  const looks = groupedBy(calls.filter(looksAtNow), ({ asked }) => asked.target ?? '');
  return firstOf([...looks].flatMap(([id, ofOrder]) => backward(id, ofOrder)));
}

/** A repeated `POST /orders` shows the order as it was when it was placed. */
const looksAtNow = ({ asked, outcome }: Call): boolean =>
  asked.operation !== 'place' && outcome?.kind === 'answered' && outcome.order !== undefined;

function backward(id: string, calls: readonly Call[]): string[] {
  const byAnswer = calls.toSorted((one, other) => answeredAt(one) - answeredAt(other));
  let seen: { order: Sighting; atMs: number } | undefined;
  const wrong: string[] = [];
  for (const call of calls.toSorted((one, other) => one.asked.atMs - other.asked.atMs)) {
    // The newest that anybody had been shown before this was asked.
    while (byAnswer[0] && answeredAt(byAnswer[0]) < call.asked.atMs) {
      const order = shown(byAnswer[0]);
      if (order && order.version >= (seen?.order.version ?? 0)) seen = { order, atMs: answeredAt(byAnswer[0]) };
      byAnswer.shift();
    }
    const order = shown(call);
    if (!seen || !order) continue;
    if (order.version < seen.order.version || !NEXT[seen.order.status].includes(order.status)) {
      wrong.push(
        `order ${id} was seen ${seen.order.status} (version ${seen.order.version}) at ${seen.atMs} ms, then ${order.status} (version ${order.version})`,
      );
    }
  }
  return wrong;
}

const answeredAt = ({ outcome }: Call): number => outcome?.atMs ?? Number.POSITIVE_INFINITY;
const shown = ({ outcome }: Call): Sighting | undefined => (outcome?.kind === 'answered' ? outcome.order : undefined);

/** What the database holds in the end follows from what anybody was shown. */
function steps({ calls, books }: Evidence): string[] {
  const orders = new Map(books.orders.map((order) => [order.id, order]));
  return firstOf(
    calls.flatMap((call) => {
      const order = shown(call);
      const row = order && orders.get(order.id);
      if (!order || !row || (row.version >= order.version && NEXT[order.status].includes(row.status))) return [];
      return [
        `order ${order.id} was seen ${order.status} (version ${order.version}) and is ${row.status} (${row.version})`,
      ];
    }),
  );
}

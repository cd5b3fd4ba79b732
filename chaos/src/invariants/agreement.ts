import { type OrderStatus, type ReservationRow } from '../books/books.js';
import { PLENTY } from '../load/catalogue.js';
import { type Evidence, firstOf, type Invariant } from './invariant.js';
import { NOTHING, unitsByOrder } from './units.js';

/** Two databases without a transaction over both say the same in the end. */
export const agreement: Invariant = {
  letter: 'A',
  promise: 'CONFIRMED if and only if its reservation stands',
  violations: (evidence) => [...outcomes(evidence), ...holdings(evidence), ...refusedForNothing(evidence)],
};

/** An order that was cancelled before its stock was ever asked for has a reservation that is released, too. */
const OUTCOMES: Record<OrderStatus, ReservationRow['status'] | undefined> = {
  PENDING: undefined,
  CONFIRMED: 'RESERVED',
  REJECTED: 'REFUSED',
  CANCELLED: 'RELEASED',
};

function outcomes({ books }: Evidence): string[] {
  const reservations = new Map(books.reservations.map(({ orderId, status }) => [orderId, status]));
  const wrong = books.orders.flatMap(({ id, status }) => {
    const outcome = reservations.get(id);
    reservations.delete(id);
    if (status === 'PENDING' || outcome === OUTCOMES[status]) return [];
    return [`order ${id} is ${status}, its reservation is ${outcome ?? 'not there'}`];
  });
  return [
    ...firstOf(wrong),
    ...firstOf([...reservations.keys()].map((id) => `stock is reserved for ${id}, which is no order`)),
  ];
}

/** There is enough of what is plentiful for every order that wants nothing else. */
function refusedForNothing({ books, calls }: Evidence): string[] {
  const rejected = new Set(books.orders.filter(({ status }) => status === 'REJECTED').map(({ id }) => id));
  const ids = calls.flatMap(({ asked, outcome }) => {
    const id = asked.operation === 'place' && outcome?.kind === 'answered' ? outcome.order?.id : undefined;
    const { items = [] } = (asked.body ?? {}) as { items?: { productId: string }[] };
    const plentiful = items.length > 0 && items.every(({ productId }) => PLENTY.some(({ sku }) => sku === productId));
    return id !== undefined && plentiful && rejected.has(id) ? [id] : [];
  });
  return firstOf([...new Set(ids)].map((id) => `order ${id} was refused, though there was enough of all it wants`));
}

function holdings({ books }: Evidence): string[] {
  const held = unitsByOrder(books.holdings.map((row) => ({ ...row, quantity: row.held })));
  const wanted = unitsByOrder(books.items);
  return firstOf(
    books.orders.flatMap(({ id, status }) => {
      const has = held.get(id) ?? NOTHING;
      const should = status === 'CONFIRMED' ? wanted.get(id) : NOTHING;
      return status === 'PENDING' || has === should
        ? []
        : [`order ${id} of ${wanted.get(id) ?? NOTHING} is ${status} and holds ${has}`];
    }),
  );
}

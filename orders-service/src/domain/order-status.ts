import { type OrderStatus } from '@holdfast/contracts';

/** Every change of state there is. What is not listed is refused; a state without followers is final. */
const TRANSITIONS: Record<OrderStatus, readonly OrderStatus[]> = {
  PENDING: ['CONFIRMED', 'REJECTED', 'CANCELLED'],
  CONFIRMED: ['CANCELLED'],
  REJECTED: [],
  CANCELLED: [],
};

export const canChange = (from: OrderStatus, to: OrderStatus): boolean => TRANSITIONS[from].includes(to);

/** The states in which an order may learn what became of its reservation. A cancelled one has no use for either news. */
const AGREEING: Record<'reserved' | 'refused', readonly OrderStatus[]> = {
  reserved: ['CONFIRMED', 'CANCELLED'],
  refused: ['REJECTED', 'CANCELLED'],
};

/** Whether an order that is decided can have had this outcome of its reservation; if not, somebody has to look. */
export const agreesWith = (status: OrderStatus, outcome: { reserved: boolean }): boolean =>
  AGREEING[outcome.reserved ? 'reserved' : 'refused'].includes(status);

/** The states that an order may be in to go to `to`; the guard of the UPDATE that does it. */
export const statesBefore = (to: OrderStatus): OrderStatus[] =>
  (Object.keys(TRANSITIONS) as OrderStatus[]).filter((from) => canChange(from, to));

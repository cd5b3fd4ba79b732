import { type OrderStatus } from '@holdfast/contracts';

/** Every change of state there is. What is not listed is refused; a state without followers is final. */
const TRANSITIONS: Record<OrderStatus, readonly OrderStatus[]> = {
  PENDING: ['CONFIRMED', 'REJECTED', 'CANCELLED'],
  CONFIRMED: ['CANCELLED'],
  REJECTED: [],
  CANCELLED: [],
};

export const canChange = (from: OrderStatus, to: OrderStatus): boolean => TRANSITIONS[from].includes(to);

/** The states that an order may be in to go to `to`; the guard of the UPDATE that does it. */
export const statesBefore = (to: OrderStatus): OrderStatus[] =>
  (Object.keys(TRANSITIONS) as OrderStatus[]).filter((from) => canChange(from, to));

import { type Caller } from '@holdfast/contracts';
import { type Order } from './order.js';

/** An order is its client's; operators see everyone's. */
export const isVisibleTo = (caller: Caller, { clientId }: Pick<Order, 'clientId'>): boolean =>
  caller.role === 'operator' || clientId === caller.clientId;

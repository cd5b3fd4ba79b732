import { type Caller } from '@holdfast/contracts';
import { type Subscription } from './subscription.js';

/**
 * Whether a caller sees and changes a subscription: an operator everyone's, a client its own. One that an operator made is
 * no client's, not even of a client of the same name: it gets everyone's events, and who changes its URL gets them.
 */
export const mayManage = (caller: Caller, { role, clientId }: Pick<Subscription, 'role' | 'clientId'>): boolean =>
  caller.role === 'operator' || (role === 'client' && clientId === caller.clientId);

import { isUuid } from '@holdfast/contracts';
import { ProblemError } from '../http/problem.js';

/** @throws ProblemError ORDER_NOT_FOUND for what has not the form of an id: to whoever asks it is the same. */
export function orderIdOf(parameter: string): string {
  if (!isUuid(parameter)) throw new ProblemError('ORDER_NOT_FOUND', 'There is no order with this id.');
  return parameter.toLowerCase();
}

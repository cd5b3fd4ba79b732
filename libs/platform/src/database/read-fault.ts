import { QueryFailedError } from 'typeorm';
import { messageOf, TransientError } from '../errors.js';
import { faultOf } from './postgres-faults.js';
import { isStorageFault } from './sqlite-unit-of-work.js';
import { DATABASE_UNAVAILABLE } from './unavailable.js';

/**
 * What reads that failed are to their callers: a {@link TransientError} with the code `DATABASE_UNAVAILABLE` where the
 * database, and not what was asked, is why there is no answer; any other error as it is.
 */
export type ReadFault = (error: unknown) => unknown;

export const sqliteReadFault: ReadFault = (error) => (isStorageFault(error) ? unanswered(error) : error);

export const postgresReadFault: ReadFault = (error) => {
  if (error instanceof QueryFailedError)
    return faultOf(error.driverError) === 'unavailable' ? unanswered(error) : error;
  return isConnectionFault(error) ? unanswered(error) : error;
};

// The pool's and the driver's own errors have no code. Others without one are mistakes of whoever asks.
const OF_SERVER_OR_NETWORK = /^([0-9A-Z]{5}|E[A-Z]+)$/;
const OF_THE_CONNECTION = /^(timeout exceeded when trying to connect|Connection terminated)/;

// Not by `instanceof Error`: the network's errors may be of another realm.
function isConnectionFault(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || error instanceof TransientError) return false;
  if (!('code' in error)) return 'message' in error && OF_THE_CONNECTION.test(String(error.message));
  return OF_SERVER_OR_NETWORK.test(String(error.code)) && faultOf(error) === 'unavailable';
}

const unanswered = (cause: unknown): TransientError =>
  new TransientError(DATABASE_UNAVAILABLE, `the database did not answer: ${messageOf(cause)}`, { cause });

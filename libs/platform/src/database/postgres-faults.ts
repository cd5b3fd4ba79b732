/**
 * What a failed statement means for its transaction:
 * - `conflict`: it got in the way of another one; run again, it may pass;
 * - `unavailable`: the server, not the statement, is at fault, and the connection is of no more use.
 */
export type PostgresFault = 'conflict' | 'unavailable';

// serialization_failure and deadlock_detected: https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html
const CONFLICT = /^40(001|P01)$/;

// Connection exceptions; insufficient resources (full disk, too many connections); operator intervention, which includes
// the statement's time limit (57014); system errors; a lock's and an idle transaction's time limits; and a server that
// takes no writes, which after a failover is one that is a replica now.
// https://www.postgresql.org/docs/current/errcodes-appendix.html
const UNAVAILABLE = /^(08|53|57|58)|^(55P03|25P03|25P04|25006)$/;

// With a digit, which all of them have and EPIPE has not.
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/** The statement was not run: one before it had failed. */
const IN_FAILED_TRANSACTION = '25P02';

/** @returns undefined where the statement itself is at fault, as one that breaks a constraint is. */
export function faultOf(error: unknown): PostgresFault | undefined {
  const code = codeOf(error);
  // The driver's own errors (a connection that ends, a time limit) and the network's (ECONNRESET) have no SQLSTATE.
  if (!SQLSTATE.test(code)) return isOurs(error) ? undefined : 'unavailable';
  if (UNAVAILABLE.test(code) || isStalePlan(code, error)) return 'unavailable';
  return CONFLICT.test(code) ? 'conflict' : undefined;
}

/** Whether the statement only says that an earlier one has failed. */
export const isAfterFailure = (error: unknown): boolean => codeOf(error) === IN_FAILED_TRANSACTION;

/** A value that cannot be sent, or one that came and cannot be held. */
const isOurs = (error: unknown): boolean => error instanceof Error && /^(Type|Range)Error$/.test(error.name);

/** Another instance has changed the table since this connection prepared the statement; a new connection prepares it anew. */
const isStalePlan = (code: string, error: unknown): boolean =>
  code === '0A000' && error instanceof Error && error.message.startsWith('cached plan');

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

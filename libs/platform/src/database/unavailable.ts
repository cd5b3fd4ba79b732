import { messageOf, TransientError } from '../errors.js';

/** Of an error that says that the database, and not the work, is why nothing was committed. */
export const DATABASE_UNAVAILABLE = 'DATABASE_UNAVAILABLE';

export const unavailable = (cause: unknown): TransientError => notCommitted(DATABASE_UNAVAILABLE, cause);

/** Work that was rolled back, and may pass when it is done again. */
export const notCommitted = (code: string, cause: unknown): TransientError =>
  new TransientError(code, `the database did not commit: ${messageOf(cause)}`, { cause });

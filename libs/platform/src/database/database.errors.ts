import { maskedUrl } from '../config.js';
import { messageOf } from '../errors.js';

/** A service does not start without its database; the message is one line that says which and why, and no password. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';

  constructor(url: string, cause: unknown) {
    super(`cannot use the database ${maskedUrl(url)}: ${reasonOf(cause)}`, { cause });
  }
}

/** Node gives an error without a message where a name has several addresses and none answers. */
const reasonOf = (cause: unknown): string =>
  cause instanceof AggregateError ? cause.errors.map(messageOf).join('; ') : messageOf(cause);

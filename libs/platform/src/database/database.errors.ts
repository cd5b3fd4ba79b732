import { maskedUrl } from '../config.js';
import { messageOf, TransientError } from '../errors.js';

/** A service does not start without its database; the message is one line that says which and why, and no password. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';

  /** @param place a server's URL, or the path of a file. */
  constructor(place: string, cause: unknown) {
    super(`cannot use the database ${URL.canParse(place) ? maskedUrl(place) : place}: ${reasonOf(cause)}`, { cause });
  }
}

/**
 * Thrown by work that has read that something is not there, and finds at its INSERT that another transaction has stored it
 * meanwhile. The unit of work rolls it back and runs it again, and it sees what the other one has stored.
 */
export class LostRaceError extends TransientError {
  override readonly name = 'LostRaceError';

  /** @param what is there by now, in words: `the reservation of order …`. */
  constructor(what: string) {
    super('LOST_RACE', `${what} was stored by another transaction first`);
  }
}

/** Node gives an error without a message where a name has several addresses and none answers. */
const reasonOf = (cause: unknown): string =>
  cause instanceof AggregateError ? cause.errors.map(messageOf).join('; ') : messageOf(cause);

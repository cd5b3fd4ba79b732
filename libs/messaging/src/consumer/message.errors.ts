import { PermanentError, TransientError } from '@holdfast/platform';

/** Why a message is in a dead-letter queue; the value of its header `x-dead-letter-reason`. */
export type DeadLetterReason =
  | 'malformed'
  | 'unknown-pattern'
  | 'invalid-message'
  | 'handler-failed'
  | 'retries-exhausted';

/** A message that cannot be read. No retry mends it. */
export class MessageError extends PermanentError {
  override readonly name = 'MessageError';

  constructor(
    readonly reason: Exclude<DeadLetterReason, 'handler-failed' | 'retries-exhausted'>,
    message: string,
    options?: ErrorOptions,
  ) {
    super('INVALID_MESSAGE', message, options);
  }
}

/** Another consumer holds the lock of this message's key. It is tried again, and the wait is no failed attempt. */
export class LockBusyError extends TransientError {
  override readonly name = 'LockBusyError';

  constructor(key: string) {
    super('LOCK_BUSY', `another consumer works on ${key}`);
  }
}

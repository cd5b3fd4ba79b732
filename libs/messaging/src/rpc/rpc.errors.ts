import { TransientError } from '@holdfast/platform';

/** The request was not sent, or the broker refused it: it had no effect, and may be sent again at will. */
export class RequestNotSentError extends TransientError {
  override readonly name = 'RequestNotSentError';

  constructor(code: 'BROKER_UNAVAILABLE' | 'OVERLOADED', message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

/** No answer came: whether the request had its effect is unknown. Repeat it under the same idempotency key. */
export class NoAnswerError extends TransientError {
  override readonly name = 'NoAnswerError';

  constructor(message: string) {
    super('ANSWER_TIMEOUT', message);
  }
}

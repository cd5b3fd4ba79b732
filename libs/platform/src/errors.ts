/**
 * A fault that may be gone at the next try (a locked file, a full disk, a lost connection). The consumer pipeline answers
 * it with a delayed retry; anything else that is thrown is permanent.
 */
export class TransientError extends Error {
  override readonly name: string = 'TransientError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A fault that no retry mends. */
export class PermanentError extends Error {
  override readonly name: string = 'PermanentError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What an error says, for logs and headers; never a stack. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

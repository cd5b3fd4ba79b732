import { ErrorCode } from './error-codes.js';

/** A refusal that the caller can act on. `detail` is a sentence for a person, `code` is for programs. */
export interface Refusal {
  code: ErrorCode;
  detail: string;
}

/** What a request over RabbitMQ is answered with: expected outcomes are values, only surprises are thrown. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: Refusal };

export const accepted = <T>(value: T): Reply<T> => ({ ok: true, value });

export const refused = <T>(code: ErrorCode, detail: string): Reply<T> => ({ ok: false, error: { code, detail } });

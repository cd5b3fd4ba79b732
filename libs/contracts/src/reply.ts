import { ErrorCode } from './error-codes.js';

/** A refusal that the caller can act on. `detail` is a sentence for a person, `code` is for programs. */
export interface Refusal {
  code: ErrorCode;
  detail: string;
}

/**
 * What a request over RabbitMQ is answered with: expected outcomes are values, only surprises are thrown. `replayed` says
 * that the value is the stored answer of an earlier request with the same idempotency key.
 */
export type Reply<T> = { ok: true; value: T; replayed?: true } | { ok: false; error: Refusal };

export const accepted = <T>(value: T): Reply<T> => ({ ok: true, value });

/** The stored answer of an earlier request with the same idempotency key. */
export const repeated = <T>(value: T): Reply<T> => ({ ok: true, value, replayed: true });

export const refused = <T>(code: ErrorCode, detail: string): Reply<T> => ({ ok: false, error: { code, detail } });

import { idempotencyKeySchema } from '@holdfast/contracts';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { invalid } from './validate.js';

// sf-string of RFC 8941 section 3.3.3, as draft-ietf-httpapi-idempotency-key-header has the header.
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/**
 * Reads an `Idempotency-Key`: bare, as most clients send it, or as a quoted string, as the IETF draft has it. `abc` and
 * `"abc"` are the same key.
 *
 * @throws ProblemError VALIDATION_FAILED for a header that is there and is no key: ignoring it would place the order twice.
 */
export function idempotencyKeyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = String(header);
  const key = text.startsWith('"') ? QUOTED.exec(text)?.[1]?.replaceAll(/\\(.)/g, '$1') : text;
  const result = idempotencyKeySchema.safeParse(key);
  if (result.success) return result.data;
  const detail = 'must be 1 to 255 visible ASCII characters, bare or in double quotes';
  throw invalid('header', [{ header: 'Idempotency-Key', detail }]);
}

/**
 * The key of a request as it travels to the service that knows whether it is a repeat.
 *
 * @throws ProblemError VALIDATION_FAILED as {@link idempotencyKeyOf} does.
 */
export function keyOf({ headers }: Pick<FastifyRequest, 'headers'>): { idempotencyKey?: string } {
  const idempotencyKey = idempotencyKeyOf(headers['idempotency-key']);
  return idempotencyKey === undefined ? {} : { idempotencyKey };
}

/**
 * For a request that needs no key.
 *
 * @param reason why it needs none, as the end of a sentence.
 * @throws ProblemError VALIDATION_FAILED where it has one: who sends a key counts on the stored answer, and would get another.
 */
export function refuseKey({ headers }: Pick<FastifyRequest, 'headers'>, reason: string): void {
  if (headers['idempotency-key'] === undefined) return;
  throw invalid('header', [{ header: 'Idempotency-Key', detail: `is not taken here: ${reason}` }]);
}

/** Says of an answer that nothing new was made for it: an earlier request with the same key did what was asked for. */
export function tellReplayed(reply: FastifyReply, replayed: boolean): FastifyReply {
  return replayed ? reply.header('idempotency-replayed', 'true') : reply;
}

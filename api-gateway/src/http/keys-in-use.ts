import { ProblemError } from './problem.js';

const RETRY_AFTER_S = 1;

/**
 * Idempotency keys of requests that are not answered yet by the service they went to. A second request with such a key is
 * refused: what it would repeat is not known yet.
 *
 * Only this gateway's own. That one request has its effect once is the service's doing, in its database: a repeat that
 * comes by another gateway waits in the same queue behind the first, and gets the stored answer. To know of it here would
 * cost every request two round trips to Redis, and lock a key out for seconds when a gateway is killed.
 */
export class KeysInUse {
  private readonly keys = new Set<string>();

  /**
   * Does `work` with a key that is in use until then; there may be none.
   *
   * @throws ProblemError IDEMPOTENCY_KEY_IN_USE when it is in use already; `work` has not begun then.
   */
  async during<T>(key: string | undefined, work: () => Promise<T>): Promise<T> {
    if (key === undefined) return work();
    if (this.keys.has(key)) {
      const headers = { 'retry-after': String(RETRY_AFTER_S) };
      const detail = 'The first request with this Idempotency-Key is still running. Repeat it in a moment.';
      throw new ProblemError('IDEMPOTENCY_KEY_IN_USE', detail, { headers });
    }
    this.keys.add(key);
    try {
      return await work();
    } finally {
      this.keys.delete(key);
    }
  }
}

/**
 * The key under which a request may be repeated, as it is one: a client's, for one kind of request.
 *
 * @returns undefined for a request without one.
 */
export function keyInUseOf(pattern: string, data: object): string | undefined {
  const { idempotencyKey, clientId, caller } = data as {
    idempotencyKey?: string;
    clientId?: string;
    caller?: { clientId: string };
  };
  // None of the three has a blank in it.
  return idempotencyKey === undefined ? undefined : `${pattern} ${clientId ?? caller?.clientId} ${idempotencyKey}`;
}

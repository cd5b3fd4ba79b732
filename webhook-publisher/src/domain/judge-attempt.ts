/** What an attempt says about its delivery and about its endpoint. */
export interface Judgement {
  delivered: boolean;
  /** The endpoint said that it is gone for good: 410. */
  gone: boolean;
  /** For how long the endpoint asks to be left alone, in milliseconds. */
  holdMs: number | undefined;
}

/** Longer than that nobody is held by one answer. */
export const MAX_HOLD_MS = 3_600_000;

const GONE = 410;
const MAY_HOLD = [429, 503];

/**
 * 2xx is a success; everything else, a redirect too, is a failure.
 *
 * @param status of the answer, undefined where there was none.
 * @param retryAfterMs what its `Retry-After` says.
 */
export function judgeAttempt(status: number | undefined, retryAfterMs: number | undefined): Judgement {
  const delivered = status !== undefined && status >= 200 && status < 300;
  const holds = status !== undefined && MAY_HOLD.includes(status) && retryAfterMs !== undefined && retryAfterMs > 0;
  return {
    delivered,
    gone: status === GONE,
    holdMs: holds ? Math.min(retryAfterMs, MAX_HOLD_MS) : undefined,
  };
}

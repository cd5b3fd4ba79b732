import { setTimeout as delay } from 'node:timers/promises';
import { type Outcome, UNKNOWN } from './shop-client.js';

/** What may be asked again, under its key: still running, too many at once, unavailable, no answer in time. */
export const TRY_AGAIN: readonly number[] = [409, 429, 502, 503, 504];

/** The first request with this key has no answer yet. */
const IN_USE = 'IDEMPOTENCY_KEY_IN_USE';

/** A request that the API must never refuse was refused, or one was not accepted for minutes. */
export class LoadFailure extends Error {
  override readonly name = 'LoadFailure';
}

export interface Patience {
  /** Pause between two attempts of one request; less than `Retry-After` says, so that faults meet more requests. */
  retryMs: number;
  /** After so long without an answer a request counts as lost for ever. */
  patienceMs: number;
}

/** Sends a request again until it has one of these answers. @throws LoadFailure */
export async function insist(
  what: string,
  wanted: readonly number[],
  { retryMs, patienceMs }: Patience,
  ask: () => Promise<Outcome>,
): Promise<Exclude<Outcome, typeof UNKNOWN>> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const outcome = await ask();
    if (outcome !== UNKNOWN && wanted.includes(outcome.status) && outcome.code !== IN_USE) return outcome;
    const said = outcome === UNKNOWN ? 'no answer' : `${outcome.status} ${outcome.code ?? ''}`;
    if (outcome !== UNKNOWN && !TRY_AGAIN.includes(outcome.status)) throw new LoadFailure(`${what}: ${said}`);
    if (performance.now() > deadline) throw new LoadFailure(`${what}: not done in minutes; at last ${said}`);
    await delay(retryMs);
  }
}

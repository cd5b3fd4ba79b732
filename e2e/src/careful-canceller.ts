import { setTimeout as delay } from 'node:timers/promises';
import { type OrderView } from '@holdfast/contracts';
import { type Answer, type ApiClient, ConnectionLostError } from './api-client.js';

// A caller's pause between attempts; short, so that the faults meet more requests.
const PAUSE_MS = 50;

/** Longer than the longest fault of any test. */
const PATIENCE_MS = 120_000;

/** Unavailable, or no answer in time: a cancellation may be asked for again as often as it takes. */
const TRY_AGAIN: readonly number[] = [503, 504];

/**
 * Cancels an order as a careful client does, again and again until there is an answer.
 *
 * @returns the order once it is cancelled; undefined when it was rejected before.
 * @throws Error for any other answer, or when none came within two minutes.
 */
export async function cancelUntilAnswered(api: ApiClient, orderId: string): Promise<OrderView | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await attempt(api, orderId);
    if (answer?.status === 200) return answer.body;
    if (answer?.status === 409) return undefined;
    if (answer && !TRY_AGAIN.includes(answer.status)) throw new Error(`${orderId}: ${answer.status} ${answer.text}`);
    if (Date.now() >= deadline) throw new Error(`${orderId} was not cancelled; ${answer?.text ?? ''}`);
    await delay(PAUSE_MS);
  }
}

/** @returns undefined when the connection broke, which says nothing of what became of the request. */
async function attempt(api: ApiClient, orderId: string): Promise<Answer<OrderView> | undefined> {
  try {
    return await api.cancelOrder(orderId);
  } catch (error) {
    if (error instanceof ConnectionLostError) return undefined;
    throw error;
  }
}

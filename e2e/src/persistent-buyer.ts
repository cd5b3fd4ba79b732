import { setTimeout as delay } from 'node:timers/promises';
import { type OrderView } from '@holdfast/contracts';
import { type Answer, type ApiClient, ConnectionLostError, type OrderRequest } from './api-client.js';

// A caller's pause between attempts. Retry-After says 3 s; asking sooner makes the faults meet more requests.
const PAUSE_MS = 50;

/** Longer than the longest fault of any test. */
const PATIENCE_MS = 240_000;

/** The first is still running, unavailable, or no answer in time: the same request may be sent again under its key. */
const TRY_AGAIN: readonly number[] = [409, 503, 504];

export interface AcceptedOrder {
  order: OrderView;
  /** Requests that it took. */
  attempts: number;
}

/**
 * Places an order as a careful client does: under a key of its own, again and again until it is accepted. Only 409, 503,
 * 504 and a broken connection are tried again.
 *
 * @param gone aborted when the client has lost interest.
 * @throws Error for any other answer, or when the order was not accepted within four minutes.
 */
export async function placeUntilAccepted(
  api: ApiClient,
  key: string,
  request: OrderRequest,
  gone?: AbortSignal,
): Promise<AcceptedOrder> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let attempts = 1; ; attempts += 1) {
    gone?.throwIfAborted();
    const answer = await attempt(api, key, request);
    if (answer?.status === 201) return { order: answer.body, attempts };
    if (answer && !TRY_AGAIN.includes(answer.status)) throw new Error(`${key}: ${answer.status} ${answer.text}`);
    if (Date.now() >= deadline) throw new Error(`${key}: not accepted in ${attempts} attempts; ${answer?.text ?? ''}`);
    await delay(PAUSE_MS);
  }
}

/** @returns undefined when the connection broke, which says nothing of what became of the request. */
async function attempt(api: ApiClient, key: string, request: OrderRequest): Promise<Answer<OrderView> | undefined> {
  try {
    return await api.placeOrder(request, { 'idempotency-key': key });
  } catch (error) {
    if (error instanceof ConnectionLostError) return undefined;
    throw error;
  }
}

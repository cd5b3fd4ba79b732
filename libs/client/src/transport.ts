import { HoldfastUnreachable } from './holdfast.errors.js';
import { retryDelay } from './retry-delay.js';

/** Sends a request and resolves to its answer, whatever its status. */
export type Transport = (request: Request) => Promise<Response>;

export interface TransportOptions {
  /** How often a request is sent again, at most; 5 if not given, 0 for never. */
  retries?: number;
  /** How long each attempt may take, in milliseconds; 45,000 if not given. `Prefer: wait` alone may take 30,000. */
  attemptTimeoutMs?: number;
  /** Instead of the one of the platform. */
  fetch?: Transport;
}

/**
 * A `fetch` that sends a request again where that cannot do anything twice: a GET, or one with an `Idempotency-Key`,
 * which stays the same. It does so when no answer comes, when the answer is 429, 502, 503 or 504, and when the key is
 * still in use by the attempt before; after a jittered, growing delay, and not before `Retry-After`.
 *
 * It rejects with HoldfastUnreachable when no answer came at all, and with the reason of the request's signal when that
 * is aborted.
 */
export function createTransport({
  retries = 5,
  attemptTimeoutMs = 45_000,
  fetch: send = (request) => fetch(request),
}: TransportOptions = {}): Transport {
  return async (request) => {
    const allowed = isRepeatable(request) ? retries : 0;
    for (let failures = 0; ; failures += 1) {
      const { answer, error } = await attempt(send, request, attemptTimeoutMs);
      const delayMs = failures < allowed ? retryDelay(answer, failures, Math.random()) : undefined;
      if (delayMs !== undefined) await pause(delayMs, request.signal);
      else if (answer) return answer;
      else throw new HoldfastUnreachable(failures + 1, request, error);
    }
  };
}

const isRepeatable = ({ method, headers }: Request): boolean =>
  method === 'GET' || method === 'HEAD' || headers.has('idempotency-key');

interface Attempt {
  answer?: Response;
  error?: unknown;
}

async function attempt(send: Transport, request: Request, timeoutMs: number): Promise<Attempt> {
  const outOfTime = new AbortController();
  const late = () => outOfTime.abort(new DOMException(`it took longer than ${timeoutMs} ms`, 'TimeoutError'));
  const timer = setTimeout(late, timeoutMs);
  try {
    const signal = AbortSignal.any([request.signal, outOfTime.signal]);
    return { answer: await whole(await send(new Request(request.clone(), { signal }))) };
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    return { error };
  } finally {
    clearTimeout(timer);
  }
}

/** With its body, so that a connection that breaks in the middle of it counts as no answer; streams come as they are. */
async function whole(response: Response): Promise<Response> {
  if (response.body === null || response.headers.get('content-type')?.startsWith('text/event-stream')) return response;
  const { status, statusText, headers } = response;
  return new Response(await response.arrayBuffer(), { status, statusText, headers });
}

/** Rejects with the signal's reason as soon as it is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

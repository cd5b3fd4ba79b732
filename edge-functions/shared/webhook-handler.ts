import { problem } from './answer.ts';
import { type Callback, parseCallback } from './callback.ts';
import { type Log, messageOf } from './log.ts';
import { type WebHandler } from './or-misconfigured.ts';
import { readBody } from './read-body.ts';
import { findSignatureFault } from './verify-signature.ts';

/** An order has at most 100 lines of at most about 1 kB each in JSON; twice that, and room for the rest. */
export const MAX_BODY_BYTES = 256 * 1024;

const MAX_PROBLEMS_TOLD = 5;

export interface WebhookHandlerOptions {
  /** Keys of the secrets; a callback that any of them signed is genuine. */
  keys: readonly Uint8Array<ArrayBuffer>[];
  /** Unix milliseconds. */
  now: () => number;
  log: Log;
  /** Does what the function is for, with a callback that is genuine and whole. */
  handle: (callback: Callback) => Promise<Response>;
}

/**
 * A Web-standard handler for the publisher's callbacks: POST only (405), at most 256 kB (413), signed (401), a callback (400).
 * What `handle` throws is answered with 500, and the publisher tries again.
 */
export function webhookHandler(options: WebhookHandlerOptions): WebHandler {
  return async (request) => {
    try {
      return await answer(request, options);
    } catch (error) {
      options.log.error('failed on a callback', { error: messageOf(error) });
      return problem('INTERNAL');
    }
  };
}

async function answer(request: Request, { keys, now, log, handle }: WebhookHandlerOptions): Promise<Response> {
  if (request.method !== 'POST') return problem('METHOD_NOT_ALLOWED', undefined, { allow: 'POST' });

  const body = await readBody(request, MAX_BODY_BYTES).catch((error: unknown) => {
    log.warn('a body did not arrive whole', { error: messageOf(error) });
    return 'broken' as const;
  });
  if (body === 'broken') return problem('MALFORMED_BODY');
  if (body === undefined) return problem('BODY_TOO_LARGE', `A callback has at most ${MAX_BODY_BYTES} bytes.`);

  const fault = await findSignatureFault({
    headers: request.headers,
    body,
    keys,
    nowSeconds: Math.floor(now() / 1000),
  });
  if (fault) {
    log.warn('refused a callback', { fault });
    return problem('SIGNATURE_INVALID', `${fault}.`);
  }
  const callback = readCallback(body, request.headers.get('webhook-id'));
  if (callback instanceof Response) {
    log.error('a callback that is signed does not fit its contract', { problem: await callback.clone().text() });
    return callback;
  }
  return handle(callback);
}

function readCallback(body: Uint8Array, webhookId: string | null): Callback | Response {
  const json = parseJson(body);
  if (json === undefined) return problem('MALFORMED_JSON');
  const parsed = parseCallback(json);
  if ('problems' in parsed) {
    return problem('VALIDATION_FAILED', `${parsed.problems.slice(0, MAX_PROBLEMS_TOLD).join('; ')}.`);
  }
  // Repeats are told by this id, so the one that is signed in the header and the one that is stored must be the same.
  if (parsed.callback.id !== webhookId) return problem('VALIDATION_FAILED', 'id must be the webhook-id.');
  return parsed.callback;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

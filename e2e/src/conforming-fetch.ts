import { type Transport } from '@holdfast/client';
import { type OpenApiConformance } from './openapi-conformance.js';
import { contentOf } from './recorded-calls.js';

/**
 * A `fetch` whose answers have to be as the API describes them. A client that retries takes a mismatch for an attempt that
 * failed, so that after the first one nothing is sent any more: whatever it tries, it ends with OpenApiMismatchError as
 * the cause.
 */
export function conformingFetch(
  conformance: OpenApiConformance,
  send: Transport = (request) => fetch(request),
): Transport {
  let mismatch: unknown;
  return async (request) => {
    if (mismatch !== undefined) throw mismatch;
    const response = await send(request);
    const { status, headers } = response;
    const body = contentOf({ headers, text: await response.clone().text() });
    const { pathname, search } = new URL(request.url);
    try {
      conformance.check({ method: request.method, path: pathname + search, status, headers, body });
    } catch (error) {
      mismatch = error;
      throw error;
    }
    return response;
  };
}

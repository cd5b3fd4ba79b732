import { type Middleware } from 'openapi-fetch';
import { type paths } from './schema.js';

type HeadersOf<Operation> = Operation extends { parameters: { header?: infer Headers } } ? NonNullable<Headers> : never;

type PathWithKey = {
  [Path in keyof paths]: [HeadersOf<paths[Path]['post']>] extends [never]
    ? never
    : 'Idempotency-Key' extends keyof HeadersOf<paths[Path]['post']>
      ? Path
      : never;
}[keyof paths];

/** Every POST whose description has the header; one that gains or loses it does not compile until it is here or gone. */
const WITH_KEY: Record<PathWithKey, true> = {
  '/orders': true,
  '/products': true,
  '/products/{id}/stock-adjustments': true,
  '/webhooks': true,
};

/** Gives what creates something a key of its own, unless the caller has given one. */
export const idempotencyKeys: Middleware = {
  onRequest({ request, schemaPath }) {
    const wantsKey = request.method === 'POST' && Object.hasOwn(WITH_KEY, schemaPath);
    if (wantsKey && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID());
    }
  },
};

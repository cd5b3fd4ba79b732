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
  '/webhooks/{id}/rotate-secret': true,
  '/webhooks/{id}/test': true,
  '/webhooks/{id}/enable': true,
  '/webhooks/{id}/disable': true,
  '/webhooks/{id}/replay': true,
  '/deliveries/{id}/retry': true,
  '/dead-letters/{queue}/redrive': true,
  '/dead-letters/{queue}/discard': true,
  '/dead-letters/{queue}/{id}/redrive': true,
  '/dead-letters/{queue}/{id}/discard': true,
};

/** Gives what is to be done once a key of its own, unless the caller has given one. */
export const idempotencyKeys: Middleware = {
  onRequest({ request, schemaPath }) {
    const wantsKey = request.method === 'POST' && Object.hasOwn(WITH_KEY, schemaPath);
    if (wantsKey && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID());
    }
  },
};

import { callbacks } from './callbacks.js';
import { componentSchemas } from './openapi-schemas.js';
import { deadLetterPaths } from './operations/dead-letters.js';
import { deliveryPaths } from './operations/deliveries.js';
import { descriptionPaths } from './operations/descriptions.js';
import { healthPaths } from './operations/health.js';
import { orderHistoryPaths } from './operations/order-history.js';
import { orderPaths } from './operations/orders.js';
import { productPaths } from './operations/products.js';
import { webhookPaths } from './operations/webhooks.js';
import { problemExamples } from './problem-examples.js';
import { componentHeaders } from './response-headers.js';

const INTRODUCTION = `Errors are problem documents (RFC 9457) with a stable \`code\`. 503 means that nothing was done; 504
that it is not known what was done: repeat the request with the same \`Idempotency-Key\`. Money is in minor units.

A path that is not here is answered 404 with NOT_FOUND, and a path that is here with a method that is not 405 with
METHOD_NOT_ALLOWED and \`Allow\`; whatever has a GET takes HEAD too, except a stream.`;

/** The HTTP API as OpenAPI 3.1. */
export function openApiDocument() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version: '0.1.0',
      description: INTRODUCTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: [{ key: [] }],
    paths: {
      ...orderPaths,
      ...orderHistoryPaths,
      ...productPaths,
      ...webhookPaths,
      ...deliveryPaths,
      ...deadLetterPaths,
      ...healthPaths,
      ...descriptionPaths,
    },
    webhooks: callbacks(),
    components: {
      schemas: componentSchemas(),
      headers: componentHeaders(),
      examples: problemExamples(),
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'an API key' } },
    },
  };
}

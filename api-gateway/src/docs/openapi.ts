import { type ErrorCode, errorCodes, listProductsSchema } from '@holdfast/contracts';
import { componentSchemas, type JsonSchema, jsonContent } from './openapi-schemas.js';

type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: JsonSchema;
};

const ALWAYS: readonly ErrorCode[] = [
  'MALFORMED_REQUEST',
  'UNAUTHENTICATED',
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
  'INTERNAL',
  'BROKER_UNAVAILABLE',
  'OVERLOADED',
  'ANSWER_TIMEOUT',
];
const WITH_BODY: readonly ErrorCode[] = [
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
];

const INTRODUCTION = `Errors are problem documents (RFC 9457) with a stable \`code\`. 503 means that nothing was done; 504
that it is not known what was done: repeat the request with the same \`Idempotency-Key\`. Money is in minor units.`;

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
      '/orders': { post: placeOrder },
      '/orders/{id}': { get: showOrder },
      '/products': { get: listProducts, post: createProduct },
      '/products/{id}': { get: showProduct },
      '/health/live': { get: openOperation('The process is alive', 'health', [200]) },
      '/health/ready': { get: openOperation('Whether it may be sent requests, and why not', 'health', [200, 503]) },
      '/metrics': { get: openOperation('Metrics for Prometheus', 'health', [200]) },
    },
    components: {
      schemas: componentSchemas(),
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'an API key' } },
    },
  };
}

const placeOrder = {
  operationId: 'placeOrder',
  summary: 'Place an order',
  description:
    'All lines get their stock or none does. The answer is PENDING; with `Prefer: wait` it comes when the order is ' +
    'CONFIRMED or REJECTED, or with what it is when the time is up.',
  tags: ['orders'],
  parameters: [
    header('Idempotency-Key', '1 to 255 visible ASCII characters; repeats with the same key get the first answer'),
    header('Prefer', '`wait=10` waits up to 10 s for the final order; 30 s at most'),
  ],
  requestBody: { required: true, content: jsonContent('OrderRequest') },
  responses: {
    201: answer('The order', 'Order', {
      Location: 'path of the order',
      'Idempotency-Replayed': '`true` when this is the answer to an earlier request with the same key',
      'Preference-Applied': 'the `wait` that was applied',
    }),
    ...problems([...ALWAYS, ...WITH_BODY, 'IDEMPOTENCY_KEY_REUSED']),
  },
};

const showOrder = {
  operationId: 'showOrder',
  summary: 'Show an order',
  description: "Another client's order is 404.",
  tags: ['orders'],
  parameters: [path('id', 'id of the order', { type: 'string', format: 'uuid' }), ifNoneMatch()],
  responses: { ...conditional('The order', 'Order'), ...problems([...ALWAYS, 'ORDER_NOT_FOUND', 'URI_TOO_LONG']) },
};

const listProducts = {
  operationId: 'listProducts',
  summary: 'List products by sku',
  tags: ['products'],
  parameters: [
    query('limit', 'products per page; 50 if not given', {
      type: 'integer',
      minimum: listProductsSchema.shape.limit.minValue,
      maximum: listProductsSchema.shape.limit.maxValue,
    }),
    query('cursor', 'nextCursor of the page before', { type: 'string' }),
  ],
  responses: { 200: answer('One page', 'ProductPage'), ...problems([...ALWAYS, 'VALIDATION_FAILED']) },
};

const showProduct = {
  operationId: 'showProduct',
  summary: 'Show a product and its stock',
  tags: ['products'],
  parameters: [path('id', 'id or sku', { type: 'string' }), ifNoneMatch()],
  responses: {
    ...conditional('The product', 'Product'),
    ...problems([...ALWAYS, 'PRODUCT_NOT_FOUND', 'URI_TOO_LONG']),
  },
};

const createProduct = {
  operationId: 'createProduct',
  summary: 'Add a product',
  description: 'For operators.',
  tags: ['products'],
  requestBody: { required: true, content: jsonContent('ProductRequest') },
  responses: {
    201: answer('The product', 'Product', { Location: 'path of the product', ETag: 'validator' }),
    ...problems([...ALWAYS, ...WITH_BODY, 'FORBIDDEN', 'SKU_TAKEN']),
  },
};

function header(name: string, description: string): Parameter {
  return { name, in: 'header', required: false, description, schema: { type: 'string' } };
}

function query(name: string, description: string, schema: JsonSchema): Parameter {
  return { name, in: 'query', required: false, description, schema };
}

function path(name: string, description: string, schema: JsonSchema): Parameter {
  return { name, in: 'path', required: true, description, schema };
}

function ifNoneMatch(): Parameter {
  return header('If-None-Match', 'an ETag; 304 while it is current');
}

function answer(description: string, schema: string, headers: Record<string, string> = {}) {
  const described = Object.entries(headers).map(([name, text]) => [
    name,
    { description: text, schema: { type: 'string' } },
  ]);
  return { description, headers: Object.fromEntries(described), content: jsonContent(schema) };
}

function conditional(description: string, schema: string) {
  return { 200: answer(description, schema, { ETag: 'validator' }), 304: { description: 'It is still current' } };
}

/** One answer per status; the codes that share it are in its description. */
function problems(codes: readonly ErrorCode[]) {
  const statuses = [...new Set(codes.map((code) => errorCodes[code].status))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const described = codes
        .filter((code) => errorCodes[code].status === status)
        .map((code) => `${code}: ${errorCodes[code].title}`);
      return [
        status,
        { description: described.join('. '), content: jsonContent('Problem', 'application/problem+json') },
      ];
    }),
  );
}

function openOperation(summary: string, tag: string, statuses: readonly number[]) {
  const responses = Object.fromEntries(statuses.map((status) => [status, { description: summary }]));
  return { summary, tags: [tag], security: [], responses };
}

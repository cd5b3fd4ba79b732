import { listProductsSchema } from '@holdfast/contracts';
import { jsonContent } from '../json-schema.js';
import {
  ALWAYS,
  answer,
  conditional,
  cursor,
  idempotencyKey,
  ifNoneMatch,
  limit,
  path,
  problems,
  REPLAYED,
  WITH_BODY,
} from '../openapi-parts.js';

const list = {
  operationId: 'listProducts',
  summary: 'List products by sku',
  tags: ['products'],
  parameters: [limit('products', listProductsSchema.shape.limit), cursor()],
  responses: { 200: answer('One page', 'ProductPage'), ...problems([...ALWAYS, 'VALIDATION_FAILED']) },
};

const show = {
  operationId: 'showProduct',
  summary: 'Show a product and its stock',
  tags: ['products'],
  parameters: [path('id', 'id or sku', { type: 'string' }), ifNoneMatch()],
  responses: {
    ...conditional('The product', 'Product'),
    ...problems([...ALWAYS, 'PRODUCT_NOT_FOUND', 'URI_TOO_LONG']),
  },
};

const create = {
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

const adjustStock = {
  operationId: 'adjustStock',
  summary: 'Restock a product or write units off',
  description: 'For operators. What orders hold stays.',
  tags: ['products'],
  parameters: [path('id', 'id or sku', { type: 'string' }), idempotencyKey()],
  requestBody: { required: true, content: jsonContent('StockAdjustmentRequest') },
  responses: {
    201: answer('The adjustment, and the stock after it', 'StockAdjustment', { 'Idempotency-Replayed': REPLAYED }),
    ...problems([
      ...ALWAYS,
      ...WITH_BODY,
      'FORBIDDEN',
      'PRODUCT_NOT_FOUND',
      'STOCK_NOT_ADJUSTABLE',
      'IDEMPOTENCY_KEY_REUSED',
      'URI_TOO_LONG',
    ]),
  },
};

export const productPaths = {
  '/products': { get: list, post: create },
  '/products/{id}': { get: show },
  '/products/{id}/stock-adjustments': { post: adjustStock },
};

import {
  errorCodes,
  orderViewSchema,
  productViewSchema,
  stockAdjustmentViewSchema,
  stockMovementViewSchema,
} from '@holdfast/contracts';
import { orderBodySchema } from '../orders/order-body.js';
import { importReportSchema } from '../products/import/import-report.js';
import {
  productBodySchema,
  productChangesBodySchema,
  stockAdjustmentBodySchema,
} from '../products/product-requests.js';
import { callbackSchemas } from './callbacks.js';
import { deadLetterSchemas } from './dead-letter-schemas.js';
import { CONFIRMED_ORDER, ORDER_REQUESTS, PENDING_ORDER, REJECTED_ORDER } from './examples/orders.js';
import {
  IMPORT_REPORT,
  PRODUCT,
  PRODUCT_CHANGES,
  PRODUCT_REQUEST,
  RESERVE_MOVEMENT,
  STOCK_ADJUSTMENT,
  STOCK_ADJUSTMENT_REQUEST,
  STOCK_MOVEMENT,
} from './examples/products.js';
import { healthSchemas } from './health-schemas.js';
import { type JsonSchema, jsonSchemaOf, pageOf } from './json-schema.js';
import { orderHistorySchemas } from './order-history-schemas.js';
import { webhookSchemas } from './webhook-schemas.js';

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'for people; programs go by code' },
    code: { type: 'string', enum: Object.keys(errorCodes) },
    requestId: { type: 'string', format: 'uuid' },
    errors: {
      type: 'array',
      description: 'everything that is wrong with the request, and where',
      items: {
        type: 'object',
        required: ['detail'],
        properties: {
          pointer: { type: 'string', format: 'json-pointer', description: 'into the body' },
          header: { type: 'string' },
          query: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
    import: {
      $ref: '#/components/schemas/ImportReport',
      description: 'what an import had done by the time that it ended',
    },
  },
};

/** The schemas that requests are validated with and answers have, under the names that the operations refer to. */
export const componentSchemas = (): Record<string, JsonSchema> => ({
  OrderRequest: { ...jsonSchemaOf(orderBodySchema), examples: ORDER_REQUESTS },
  Order: { ...jsonSchemaOf(orderViewSchema), examples: [CONFIRMED_ORDER, PENDING_ORDER, REJECTED_ORDER] },
  OrderPage: pageOf('Order', CONFIRMED_ORDER),
  ...orderHistorySchemas(),
  ProductRequest: { ...jsonSchemaOf(productBodySchema), examples: [PRODUCT_REQUEST] },
  ProductChanges: { ...jsonSchemaOf(productChangesBodySchema), examples: [PRODUCT_CHANGES] },
  Product: { ...jsonSchemaOf(productViewSchema), examples: [PRODUCT] },
  ProductPage: pageOf('Product', PRODUCT),
  StockAdjustmentRequest: { ...jsonSchemaOf(stockAdjustmentBodySchema), examples: [STOCK_ADJUSTMENT_REQUEST] },
  StockAdjustment: { ...jsonSchemaOf(stockAdjustmentViewSchema), examples: [STOCK_ADJUSTMENT] },
  StockMovement: { ...jsonSchemaOf(stockMovementViewSchema), examples: [STOCK_MOVEMENT, RESERVE_MOVEMENT] },
  StockMovementPage: pageOf('StockMovement', STOCK_MOVEMENT),
  ImportReport: { ...jsonSchemaOf(importReportSchema), examples: [IMPORT_REPORT] },
  ...webhookSchemas(),
  ...deadLetterSchemas(),
  ...callbackSchemas(),
  ...healthSchemas(),
  Problem: problemSchema,
});

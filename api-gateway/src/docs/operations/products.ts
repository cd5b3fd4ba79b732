import { listMovementsSchema, listProductsSchema } from '@holdfast/contracts';
import { IMPORT_FILE } from '../examples/products.js';
import { jsonContent } from '../json-schema.js';
import {
  ALWAYS,
  answer,
  conditional,
  cursor,
  header,
  idempotencyKey,
  ifNoneMatch,
  limit,
  path,
  problems,
  REPLAYED,
  WITH_BODY,
  WITH_IDEMPOTENCY,
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
  parameters: [idempotencyKey()],
  requestBody: { required: true, content: jsonContent('ProductRequest') },
  responses: {
    201: answer('The product', 'Product', {
      Location: 'path of the product',
      ETag: 'validator',
      'Idempotency-Replayed': REPLAYED,
    }),
    ...problems([...ALWAYS, ...WITH_BODY, 'FORBIDDEN', 'SKU_TAKEN', ...WITH_IDEMPOTENCY]),
  },
};

const change = {
  operationId: 'changeProduct',
  summary: 'Change name, price or threshold of a product',
  description:
    'For operators. Only what the body names is changed; a `lowStockThreshold` of null is none. Orders that have their ' +
    'stock keep the price that they have. A threshold that makes a product low that was not is told as ' +
    '`product.stockLow`, as a sale is.',
  tags: ['products'],
  parameters: [
    path('id', 'id or sku', { type: 'string' }),
    header(
      'If-Match',
      'an ETag of the product. Its first part, which is `catalogueVersion`, has to be current, or the answer is 412; the ' +
        'second one moves with every sale and is not looked at',
    ),
  ],
  requestBody: { required: true, content: jsonContent('ProductChanges') },
  responses: {
    200: answer('The product as it is now', 'Product', { ETag: 'validator' }),
    ...problems([...ALWAYS, ...WITH_BODY, 'FORBIDDEN', 'PRODUCT_NOT_FOUND', 'VERSION_MISMATCH', 'URI_TOO_LONG']),
  },
};

const listMovements = {
  operationId: 'listStockMovements',
  summary: 'List the stock ledger of a product, newest first',
  description: 'For operators: it names orders of every client.',
  tags: ['products'],
  parameters: [
    path('id', 'id or sku', { type: 'string' }),
    limit('movements', listMovementsSchema.shape.limit),
    cursor(),
  ],
  responses: {
    200: answer('One page', 'StockMovementPage'),
    ...problems([...ALWAYS, 'VALIDATION_FAILED', 'FORBIDDEN', 'PRODUCT_NOT_FOUND', 'URI_TOO_LONG']),
  },
};

const importFile = {
  operationId: 'importProducts',
  summary: 'Add products from a CSV file',
  description:
    'For operators. RFC 4180 in UTF-8, lines may also end in LF; the first line names the columns, in any order: sku, ' +
    'name, price_amount (in minor units), price_currency and stock, and if wanted supplier_id and low_stock_threshold. ' +
    'The file is worked on while it arrives. Each line is done whole or not at all, and a line that fails stops no other. ' +
    'A sku whose product was made from the same line is counted as existing and left as it is, with its stock and what ' +
    'was changed since, so that a file can be sent again at any time: also after an answer that says that the import ' +
    'could not be finished, which has in `import` what was done by then. It needs no `Idempotency-Key` therefore, and is ' +
    'refused with 400 where it has one.',
  tags: ['products'],
  requestBody: { required: true, content: { 'text/csv': { schema: { type: 'string' }, example: IMPORT_FILE } } },
  responses: {
    200: answer('What became of the lines', 'ImportReport'),
    ...problems([...ALWAYS, 'VALIDATION_FAILED', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'FORBIDDEN']),
  },
};

const adjustStock = {
  operationId: 'adjustStock',
  summary: 'Restock a product or write units off',
  description:
    'For operators. What orders hold stays. `If-Match` is not looked at: adjustments say how many units more or less there ' +
    'are, so that they come to the same in any order, and every sale changes the `ETag`. An adjustment that is refused ' +
    'leaves its `Idempotency-Key` free: the same request may be possible later.',
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
      ...WITH_IDEMPOTENCY,
      'URI_TOO_LONG',
    ]),
  },
};

export const productPaths = {
  '/products': { get: list, post: create },
  '/products/import': { post: importFile },
  '/products/{id}': { get: show, patch: change },
  '/products/{id}/movements': { get: listMovements },
  '/products/{id}/stock-adjustments': { post: adjustStock },
};

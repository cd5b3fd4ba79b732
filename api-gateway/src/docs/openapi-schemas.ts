import { errorCodes, orderViewSchema, productViewSchema } from '@holdfast/contracts';
import { z } from 'zod';
import { orderBodySchema } from '../orders/order-body.js';
import { productBodySchema } from '../products/product-requests.js';

/** A JSON Schema (2020-12), which is what OpenAPI 3.1 has schemas in. */
export type JsonSchema = Record<string, unknown>;

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** Converted as input: requests refuse unknown fields by their own word, while answers may gain fields. */
function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...converted } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      // The format says it; zod's pattern for it is 300 characters of leap years.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return converted;
}

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
  },
};

/** The schemas that requests are validated with and answers have, under the names that the operations refer to. */
export const componentSchemas = (): Record<string, JsonSchema> => ({
  OrderRequest: jsonSchemaOf(orderBodySchema),
  Order: jsonSchemaOf(orderViewSchema),
  ProductRequest: jsonSchemaOf(productBodySchema),
  Product: jsonSchemaOf(productViewSchema),
  ProductPage: {
    type: 'object',
    required: ['data', 'nextCursor'],
    properties: {
      data: { type: 'array', items: ref('Product') },
      nextCursor: { type: ['string', 'null'], description: 'null on the last page' },
    },
  },
  Problem: problemSchema,
});

/** A body of this schema, as JSON. */
export const jsonContent = (name: string, mediaType = 'application/json') => ({ [mediaType]: { schema: ref(name) } });

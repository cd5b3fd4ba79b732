import { z } from 'zod';

/** A JSON Schema. */
export type JsonSchema = Record<string, unknown>;

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

const CONTROL_CHARACTERS = String.raw`\u0000-\u001f\u007f-\u009f`;

/**
 * Converted as input: requests refuse unknown fields by their own word, while answers may gain fields. OpenAPI 3.1 has
 * schemas of draft 2020-12, AsyncAPI 3 of draft 7.
 */
export function jsonSchemaOf(schema: z.ZodType, target: 'draft-2020-12' | 'draft-7' = 'draft-2020-12'): JsonSchema {
  const { $schema: _, ...converted } = z.toJSONSchema(schema, {
    io: 'input',
    target,
    override: ({ jsonSchema }) => {
      // The format says it; zod's pattern for it is 300 characters of leap years.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      // Few regular expressions outside of JavaScript know the class of control characters by this name.
      if (jsonSchema.pattern) {
        jsonSchema.pattern = jsonSchema.pattern.replaceAll(String.raw`\p{Cc}`, CONTROL_CHARACTERS);
      }
    },
  });
  return converted;
}

/** One page of a list; `example` is one thing on it. */
export const pageOf = (name: string, example?: unknown): JsonSchema => ({
  type: 'object',
  required: ['data', 'nextCursor'],
  properties: {
    data: { type: 'array', items: ref(name) },
    nextCursor: { type: ['string', 'null'], description: 'null on the last page' },
  },
  ...(example !== undefined && { examples: [{ data: [example], nextCursor: null }] }),
});

/** A body of this schema, as JSON. */
export const jsonContent = (name: string, mediaType = 'application/json') => ({ [mediaType]: { schema: ref(name) } });

import { z } from 'zod';

/** What a request is answered with when it is accepted. */
export interface Answer {
  schema: z.ZodType;
  example: unknown;
}

/** The answer to a command that can be repeated under a key. */
export const replayable = (name: string, schema: z.ZodType, example: unknown): Answer => ({
  schema: z.object({
    [name]: schema,
    replayed: z.boolean().describe('it is the stored answer of an earlier request with the same key'),
  }),
  example: { [name]: example, replayed: false },
});

/** One page of a list. */
export const page = (schema: z.ZodType, example: unknown): Answer => ({
  schema: z.object({ data: z.array(schema), nextCursor: z.string().nullable() }),
  example: { data: [example], nextCursor: null },
});

import {
  actLetterSchema,
  type DeadLetterOperation,
  deadLetterActSchema,
  deadLetterDetailSchema,
  deadLetterPageSchema,
  deadLetterServices,
} from '@holdfast/contracts';
import { z } from 'zod';
import { ACT_LETTER, DEAD_LETTER_ACT, DEAD_LETTER_DETAIL, DEAD_LETTER_PAGE } from '../examples/dead-letters.js';
import { type Answer, page } from './answer.js';

interface Described {
  summary: string;
  answer: Answer;
}

const act: Answer = { schema: deadLetterActSchema, example: DEAD_LETTER_ACT };

const described: Record<DeadLetterOperation, Described> = {
  list: {
    summary: 'List dead letters, oldest first',
    answer: { schema: deadLetterPageSchema, example: DEAD_LETTER_PAGE },
  },
  get: { summary: 'Show a dead letter', answer: { schema: deadLetterDetailSchema, example: DEAD_LETTER_DETAIL } },
  redrive: { summary: 'Send dead letters back to their queue', answer: act },
  discard: { summary: 'End dead letters for good', answer: act },
  acts: { summary: 'List what was done with dead letters', answer: page(deadLetterActSchema, DEAD_LETTER_ACT) },
  act: {
    summary: 'Show one thing that was done, with its letters',
    answer: {
      schema: z.object({
        act: deadLetterActSchema,
        data: z.array(actLetterSchema),
        nextCursor: z.string().nullable(),
      }),
      example: { act: DEAD_LETTER_ACT, data: [ACT_LETTER], nextCursor: null },
    },
  },
};

/** By pattern; every service answers the same of its own queue. */
export const deadLetterMessagesDescribed: Record<string, Described> = Object.fromEntries(
  Object.values(deadLetterServices).flatMap((service) =>
    Object.entries(described).map(([operation, one]) => [`${service}.deadLetters.${operation}`, one]),
  ),
);

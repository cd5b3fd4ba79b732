import {
  actLetterSchema,
  deadLetterActSchema,
  deadLetterDetailSchema,
  deadLetterPageSchema,
  deadLetterViewSchema,
} from '@holdfast/contracts';
import { type DeadLetterCount, deadLetterCountSchema } from '../dead-letters/count-dead-letters.js';
import {
  discardAllBodySchema,
  discardBodySchema,
  redriveAllBodySchema,
  redriveBodySchema,
} from '../dead-letters/dead-letter-requests.js';
import {
  ACT_LETTER,
  DEAD_LETTER,
  DEAD_LETTER_ACT,
  DEAD_LETTER_DETAIL,
  DEAD_LETTER_PAGE,
} from './examples/dead-letters.js';
import { type JsonSchema, jsonSchemaOf, pageOf } from './json-schema.js';

const REDRIVE_ALL = {
  where: { reason: 'retries-exhausted' },
  atMost: 500,
  maxPerSecond: 50,
  reason: 'the disk is free again',
};
const DISCARD_ALL = { where: { reason: 'malformed' }, reason: 'sent by a broken script' };

const COUNT: DeadLetterCount = {
  queue: 'orders_queue',
  depth: 1,
  examined: 1,
  byReason: DEAD_LETTER_PAGE.byReason,
  unavailable: null,
};
const SILENT: DeadLetterCount = {
  queue: 'webhooks_queue',
  depth: null,
  examined: null,
  byReason: {},
  unavailable: 'ANSWER_TIMEOUT',
};

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** What is sent to and answered by `/dead-letters`. */
export const deadLetterSchemas = (): Record<string, JsonSchema> => ({
  DeadLetterCounts: {
    type: 'object',
    required: ['data'],
    properties: { data: { type: 'array', items: jsonSchemaOf(deadLetterCountSchema) } },
    examples: [{ data: [COUNT, SILENT] }],
  },
  DeadLetter: { ...jsonSchemaOf(deadLetterViewSchema), examples: [DEAD_LETTER] },
  DeadLetterPage: lettersPage(),
  DeadLetterDetail: { ...jsonSchemaOf(deadLetterDetailSchema), examples: [DEAD_LETTER_DETAIL] },
  RedriveRequest: { ...jsonSchemaOf(redriveBodySchema), examples: [{ reason: 'the fault behind it is mended' }] },
  DiscardRequest: { ...jsonSchemaOf(discardBodySchema), examples: [{ reason: 'a test message of ours' }] },
  RedriveAllRequest: { ...jsonSchemaOf(redriveAllBodySchema), examples: [REDRIVE_ALL] },
  DiscardAllRequest: { ...jsonSchemaOf(discardAllBodySchema), examples: [DISCARD_ALL] },
  DeadLetterAct: { ...jsonSchemaOf(deadLetterActSchema), examples: [DEAD_LETTER_ACT] },
  DeadLetterActPage: pageOf('DeadLetterAct', DEAD_LETTER_ACT),
  DeadLetterActDetail: actDetail(),
});

function lettersPage(): JsonSchema {
  const { properties, ...page } = jsonSchemaOf(deadLetterPageSchema);
  const data = { type: 'array', items: ref('DeadLetter') };
  return { ...page, properties: { ...(properties as object), data }, examples: [DEAD_LETTER_PAGE] };
}

function actDetail(): JsonSchema {
  return {
    type: 'object',
    required: ['act', 'data', 'nextCursor'],
    properties: {
      act: ref('DeadLetterAct'),
      data: { type: 'array', items: jsonSchemaOf(actLetterSchema), description: 'the letters that it acted on' },
      nextCursor: { type: ['string', 'null'], description: 'null on the last page' },
    },
    examples: [{ act: DEAD_LETTER_ACT, data: [ACT_LETTER], nextCursor: null }],
  };
}

import {
  DEFAULT_LETTERS_PER_SECOND,
  deadLetterQueueSchema,
  type ErrorCode,
  letterFilterSchema,
  letterIdSchema,
  listActsSchema,
  listDeadLettersSchema,
  MAX_LETTERS_EXAMINED,
} from '@holdfast/contracts';
import { jsonContent, jsonSchemaOf } from '../json-schema.js';
import {
  ALWAYS,
  answer,
  cursor,
  idempotencyKey,
  limit,
  path,
  problems,
  query,
  REPLAYED,
  WITH_BODY,
  WITH_IDEMPOTENCY,
} from '../openapi-parts.js';

const tags = ['dead letters'];
const queue = path('queue', 'the queue that they come from', jsonSchemaOf(deadLetterQueueSchema));
const id = path('id', 'id of the dead letter', jsonSchemaOf(letterIdSchema));
const body = (schema: string, required: boolean) => ({ required, content: jsonContent(schema) });
const { reason, pattern } = letterFilterSchema.shape;

const EXAMINED = `The oldest ${MAX_LETTERS_EXAMINED} are looked at; the others come up as these go.`;
const ONE_AT_A_TIME = `One such act at a time works on a queue. Without a rate it is ${DEFAULT_LETTERS_PER_SECOND} a second. ${EXAMINED}`;

const refusals = (...codes: ErrorCode[]) => problems([...ALWAYS, 'FORBIDDEN', 'NOT_FOUND', 'URI_TOO_LONG', ...codes]);
const replayable = { 'Idempotency-Replayed': REPLAYED };
const begun = {
  202: answer('The act, which has begun', 'DeadLetterAct', { Location: 'path of the act', ...replayable }),
};
const done = (description: string) => ({ 200: answer(description, 'DeadLetterAct', replayable) });
const REPEATED = 'A repeat with the same `Idempotency-Key` does nothing and gets the first answer, for good.';

const count = {
  operationId: 'countDeadLetters',
  summary: 'Count dead letters by queue and reason',
  description: `For operators, like all of this. ${EXAMINED}`,
  tags,
  responses: { 200: answer('The counts', 'DeadLetterCounts'), ...problems([...ALWAYS, 'FORBIDDEN']) },
};

const list = {
  operationId: 'listDeadLetters',
  summary: "List a queue's dead letters, oldest first",
  description: `Nothing changes by looking. ${EXAMINED} A page begins from the first again when the letter that ended the page before is gone.`,
  tags,
  parameters: [
    queue,
    query('reason', 'those that are dead for this reason', jsonSchemaOf(reason)),
    query('pattern', 'those with this pattern', jsonSchemaOf(pattern)),
    limit('letters', listDeadLettersSchema.shape.limit),
    cursor(),
  ],
  responses: { 200: answer('One page', 'DeadLetterPage'), ...refusals('VALIDATION_FAILED') },
};

const show = {
  operationId: 'showDeadLetter',
  summary: 'Show a dead letter with what is in it',
  tags,
  parameters: [queue, id],
  responses: { 200: answer('The letter', 'DeadLetterDetail'), ...refusals('DEAD_LETTER_NOT_FOUND') },
};

const redrive = {
  operationId: 'redriveDeadLetter',
  summary: 'Send a dead letter back to its queue',
  description:
    'Under its own message id, so that it has its effect once. One that cannot be processed comes back, and is counted. ' +
    REPEATED,
  tags,
  parameters: [queue, id, idempotencyKey()],
  requestBody: body('RedriveRequest', false),
  responses: {
    ...done('It is in its queue'),
    ...refusals(...WITH_BODY, ...WITH_IDEMPOTENCY, 'DEAD_LETTER_NOT_FOUND'),
  },
};

const discard = {
  operationId: 'discardDeadLetter',
  summary: 'End a dead letter for good',
  description: `Of letters that are equal in everything it ends one. ${REPEATED}`,
  tags,
  parameters: [queue, id, idempotencyKey()],
  requestBody: body('DiscardRequest', true),
  responses: { ...done('It is gone'), ...refusals(...WITH_BODY, ...WITH_IDEMPOTENCY, 'DEAD_LETTER_NOT_FOUND') },
};

const redriveAll = {
  operationId: 'redriveDeadLetters',
  summary: 'Send back all dead letters that match, at a capped rate',
  description: `${ONE_AT_A_TIME} ${REPEATED}`,
  tags,
  parameters: [queue, idempotencyKey()],
  requestBody: body('RedriveAllRequest', false),
  responses: { ...begun, ...refusals(...WITH_BODY, ...WITH_IDEMPOTENCY, 'DEAD_LETTERS_BUSY') },
};

const discardAll = {
  operationId: 'discardDeadLetters',
  summary: 'End all dead letters that match for good, at a capped rate',
  description: `\`where\` has to be there; \`{}\` means all. ${ONE_AT_A_TIME} ${REPEATED}`,
  tags,
  parameters: [queue, idempotencyKey()],
  requestBody: body('DiscardAllRequest', true),
  responses: { ...begun, ...refusals(...WITH_BODY, ...WITH_IDEMPOTENCY, 'DEAD_LETTERS_BUSY') },
};

const listActs = {
  operationId: 'listDeadLetterActs',
  summary: "List what was done with a queue's dead letters, newest first",
  tags,
  parameters: [queue, limit('acts', listActsSchema.shape.limit), cursor()],
  responses: { 200: answer('One page', 'DeadLetterActPage'), ...refusals('VALIDATION_FAILED') },
};

const showAct = {
  operationId: 'showDeadLetterAct',
  summary: 'Show an act and the letters that it acted on',
  description: 'While it is under way, how far it has come.',
  tags,
  parameters: [
    queue,
    path('actId', 'id of the act', { type: 'string' }),
    limit('letters', listActsSchema.shape.limit),
    cursor(),
  ],
  responses: { 200: answer('The act', 'DeadLetterActDetail'), ...refusals('VALIDATION_FAILED') },
};

export const deadLetterPaths = {
  '/dead-letters': { get: count },
  '/dead-letters/{queue}': { get: list },
  '/dead-letters/{queue}/redrive': { post: redriveAll },
  '/dead-letters/{queue}/discard': { post: discardAll },
  '/dead-letters/{queue}/acts': { get: listActs },
  '/dead-letters/{queue}/acts/{actId}': { get: showAct },
  '/dead-letters/{queue}/{id}': { get: show },
  '/dead-letters/{queue}/{id}/redrive': { post: redrive },
  '/dead-letters/{queue}/{id}/discard': { post: discard },
};

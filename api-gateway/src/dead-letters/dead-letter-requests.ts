import {
  type AllLetters,
  actReasonSchema,
  allLettersSchema,
  type DeadLetterQueue,
  deadLetterQueueSchema,
  type ListActs,
  type ListDeadLetters,
  letterFilterSchema,
  letterIdSchema,
  listActsSchema,
  listDeadLettersSchema,
} from '@holdfast/contracts';
import { z } from 'zod';
import { limitParameter } from '../http/limit-parameter.js';
import { optionalBodyOf } from '../http/optional-body.js';
import { ProblemError } from '../http/problem.js';
import { validate } from '../http/validate.js';

const where = letterFilterSchema.strict();
const { atMost, maxPerSecond } = allLettersSchema.shape;

/** Body of `POST /dead-letters/{queue}/{id}/redrive`. */
export const redriveBodySchema = z.strictObject({ reason: actReasonSchema.optional() });

/** Body of `POST /dead-letters/{queue}/{id}/discard`. */
export const discardBodySchema = z.strictObject({ reason: actReasonSchema });

/** Body of `POST /dead-letters/{queue}/redrive`. */
export const redriveAllBodySchema = redriveBodySchema.extend({ where: where.default({}), atMost, maxPerSecond });

/** Body of `POST /dead-letters/{queue}/discard`: which are meant has to be said, if only by `{}`. */
export const discardAllBodySchema = discardBodySchema.extend({ where, atMost, maxPerSecond });

/** Query of `GET /dead-letters/{queue}`. */
const lettersQuerySchema = z.strictObject({
  ...letterFilterSchema.shape,
  limit: limitParameter(listDeadLettersSchema.shape.limit),
  cursor: listDeadLettersSchema.shape.cursor,
});

/** Query of `GET /dead-letters/{queue}/acts` and of one act. */
const actsQuerySchema = z.strictObject({
  limit: limitParameter(listActsSchema.shape.limit),
  cursor: listActsSchema.shape.cursor,
});

/** @throws ProblemError NOT_FOUND */
export function queueOf(parameter: string): DeadLetterQueue {
  const { data } = deadLetterQueueSchema.safeParse(parameter);
  if (!data)
    throw new ProblemError(
      'NOT_FOUND',
      `The queues with dead letters are ${deadLetterQueueSchema.options.join(', ')}.`,
    );
  return data;
}

/** @throws ProblemError DEAD_LETTER_NOT_FOUND for what has not the form of an id: to whoever asks it is the same. */
export function letterIdOf(parameter: string): string {
  const { data } = letterIdSchema.safeParse(parameter.toLowerCase());
  if (data === undefined) throw new ProblemError('DEAD_LETTER_NOT_FOUND', 'There is no dead letter with this id.');
  return data;
}

/** @throws ProblemError NOT_FOUND */
export function actIdOf(parameter: string): string {
  if (!/^[\x21-\x7e]+$/.test(parameter)) throw new ProblemError('NOT_FOUND', 'There is no act with this id.');
  return parameter;
}

/** @throws ProblemError VALIDATION_FAILED */
export function lettersQueryOf(query: unknown): Omit<ListDeadLetters, 'caller'> {
  const { limit, cursor, ...filter } = validate(lettersQuerySchema, query, 'query');
  return { where: filter, limit, ...(cursor !== undefined && { cursor }) };
}

/** @throws ProblemError VALIDATION_FAILED */
export const actsQueryOf = (query: unknown): Omit<ListActs, 'caller'> => validate(actsQuerySchema, query, 'query');

/** @throws ProblemError VALIDATION_FAILED */
export const redriveOf = (body: unknown): { reason?: string | undefined } => optionalBodyOf(redriveBodySchema, body);

/** @throws ProblemError VALIDATION_FAILED */
export const discardOf = (body: unknown): { reason: string } => validate(discardBodySchema, body, 'body');

/** @throws ProblemError VALIDATION_FAILED */
export function redriveAllOf(body: unknown): { letters: AllLetters; reason?: string | undefined } {
  const { reason, ...letters } = optionalBodyOf(redriveAllBodySchema, body);
  return { letters, reason };
}

/** @throws ProblemError VALIDATION_FAILED */
export function discardAllOf(body: unknown): { letters: AllLetters; reason: string } {
  const { reason, ...letters } = validate(discardAllBodySchema, body, 'body');
  return { letters, reason };
}

import { z } from 'zod';
import { callerSchema } from './callers.js';
import { idempotencyKeySchema } from './orders.js';

/** Dead letters lie in `<queue>.dlq`; the service that consumes the queue looks after them. */
export const deadLetterQueues = ['orders_queue', 'products_queue', 'webhooks_queue'] as const;
export const deadLetterQueueSchema = z.enum(deadLetterQueues);
export type DeadLetterQueue = z.infer<typeof deadLetterQueueSchema>;

/** Of the letters that wait, how many from the oldest on are looked at; the others come up as these go. */
export const MAX_LETTERS_EXAMINED = 1_000;

export const MAX_LETTERS_PER_SECOND = 1_000;
export const DEFAULT_LETTERS_PER_SECOND = 50;

/** Known by what it is: id, properties, headers and body. Letters that are equal in all of it share one. */
export const letterIdSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'must be the id of a dead letter: 32 hexadecimal digits');

/** As header `x-dead-letter-reason` has it, or RabbitMQ where it moved the message itself; `unknown` without either. */
export const letterReasonSchema = z.string().regex(/^[a-z0-9_-]{1,64}$/, 'must be the reason of a dead letter');

/** Which letters are meant: those that match all of it. */
export const letterFilterSchema = z.object({
  reason: letterReasonSchema.describe('those that are dead for this reason').optional(),
  pattern: z.string().min(1).max(200).describe('those with this pattern').optional(),
});
export type LetterFilter = z.infer<typeof letterFilterSchema>;

/** Why an operator acts. */
export const actReasonSchema = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

/** A dead letter as a list shows it. */
export const deadLetterViewSchema = z.object({
  id: letterIdSchema,
  messageId: z.string().describe('stays the same when the letter is sent back'),
  pattern: z.string().nullable().describe('null where the body cannot be read'),
  reason: z.string(),
  detail: z.string().nullable(),
  /** When it came to the dead letters. */
  deadAt: z.iso.datetime().nullable(),
  redriveCount: z.number().int().min(0).describe('how many times it was sent back before'),
  bytes: z.number().int().min(0).describe('size of the body'),
});
export type DeadLetterView = z.infer<typeof deadLetterViewSchema>;

/** The same with what is in it. */
export const deadLetterDetailSchema = deadLetterViewSchema.extend({
  correlationId: z.string().nullable(),
  type: z.string().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  headers: z.record(z.string(), z.unknown()).nullable().describe('null where they are too large to be shown'),
  body: z.object({
    encoding: z.enum(['utf8', 'base64']).describe('base64 where the body is no text'),
    content: z.string().describe('the first 64 kB'),
    truncated: z.boolean(),
    json: z.unknown().optional().describe('the body as JSON, where it is that and is shown whole'),
  }),
});
export type DeadLetterDetail = z.infer<typeof deadLetterDetailSchema>;

/** One page of a queue's dead letters, oldest first. */
export const deadLetterPageSchema = z.object({
  data: z.array(deadLetterViewSchema),
  nextCursor: z.string().nullable(),
  depth: z.number().int().min(0).describe('letters in the queue'),
  examined: z.number().int().min(0).describe('how many of them, from the oldest on, were looked at'),
  byReason: z
    .record(z.string(), z.number().int().min(1))
    .describe('how many of those examined are dead for what reason'),
});
export type DeadLetterPage = z.infer<typeof deadLetterPageSchema>;

export const actionSchema = z.enum(['redrive', 'discard']);
export type LetterAction = z.infer<typeof actionSchema>;

/**
 * `running`: under way. `stopped`: the service was stopped before the act had come to its end. `failed`: it could not go
 * on. `interrupted`: the service that worked on it has vanished. Whatever was not done by then is still a dead letter.
 */
export const actStateSchema = z.enum(['running', 'done', 'stopped', 'failed', 'interrupted']);
export type ActState = z.infer<typeof actStateSchema>;

/** What an operator had done with dead letters; kept for good. */
export const deadLetterActSchema = z.object({
  id: z.string(),
  queue: deadLetterQueueSchema,
  action: actionSchema,
  scope: z.enum(['one', 'all']),
  where: letterFilterSchema,
  by: z.string().describe('the operator'),
  reason: z.string().nullable().describe('why, as the operator says'),
  planned: z.number().int().min(0).describe('letters that it is about'),
  done: z.number().int().min(0).describe('letters that were sent back or discarded'),
  maxPerSecond: z.number().int().min(1).nullable(),
  state: actStateSchema,
  detail: z.string().nullable().describe('why it did not come to its end'),
  begunAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type DeadLetterAct = z.infer<typeof deadLetterActSchema>;

/** `kept`: it is still a dead letter. `unknown`: noted before it was done, and nobody noted that it was. */
export const actOutcomeSchema = z.enum(['done', 'kept', 'unknown']);
export type ActOutcome = z.infer<typeof actOutcomeSchema>;

/** What an act did to one letter. */
export const actLetterSchema = z.object({
  letterId: letterIdSchema,
  messageId: z.string(),
  pattern: z.string().nullable(),
  reason: z.string().describe('why it was dead'),
  outcome: actOutcomeSchema,
  at: z.iso.datetime(),
});
export type ActLetter = z.infer<typeof actLetterSchema>;

export interface ActPage {
  data: DeadLetterAct[];
  nextCursor: string | null;
}

/** An act with the letters that it acted on, in that order. */
export interface ActDetail {
  act: DeadLetterAct;
  data: ActLetter[];
  nextCursor: string | null;
}

const pageLimitSchema = z.number().int().min(1).max(100);
const actCursorSchema = z.string().regex(/^[0-9]{1,15}$/, 'must be the nextCursor of the page before');

/** `<service>.deadLetters.list` */
export const listDeadLettersSchema = z.object({
  caller: callerSchema,
  where: letterFilterSchema,
  limit: pageLimitSchema,
  cursor: letterIdSchema.optional(),
});
export type ListDeadLetters = z.infer<typeof listDeadLettersSchema>;

/** `<service>.deadLetters.get` */
export const getDeadLetterSchema = z.object({ caller: callerSchema, letterId: letterIdSchema });
export type GetDeadLetter = z.infer<typeof getDeadLetterSchema>;

/** Of one letter. Strict, as the other: an id that is none must not make a request for all letters of it. */
export const oneLetterSchema = z.strictObject({ id: letterIdSchema });

/** Of all letters that match, up to a number and at a rate. */
export const allLettersSchema = z.strictObject({
  where: letterFilterSchema,
  atMost: z.number().int().min(1).max(1_000_000).optional(),
  maxPerSecond: z.number().int().min(1).max(MAX_LETTERS_PER_SECOND).optional(),
});
export type AllLetters = z.infer<typeof allLettersSchema>;

const lettersSchema = z.union([oneLetterSchema, allLettersSchema]);

/** `<service>.deadLetters.redrive`: sends letters back to the queue that they come from. Answered with the act. */
export const redriveLettersSchema = z.object({
  caller: callerSchema,
  letters: lettersSchema,
  reason: actReasonSchema.optional(),
  /** A repeat under the same key does nothing and gets the first answer. */
  idempotencyKey: idempotencyKeySchema.optional(),
});
export type RedriveLetters = z.infer<typeof redriveLettersSchema>;

/** `<service>.deadLetters.discard`: ends letters for good. Answered with the act. */
export const discardLettersSchema = redriveLettersSchema.extend({ reason: actReasonSchema });
export type DiscardLetters = z.infer<typeof discardLettersSchema>;

/** `<service>.deadLetters.acts`: newest first. */
export const listActsSchema = z.object({
  caller: callerSchema,
  limit: pageLimitSchema,
  cursor: actCursorSchema.optional(),
});
export type ListActs = z.infer<typeof listActsSchema>;

/** `<service>.deadLetters.act`: one, with a page of its letters. */
export const getActSchema = listActsSchema.extend({ actId: z.string().min(1).max(255) });
export type GetAct = z.infer<typeof getActSchema>;

// Not on the work queues: an operator acts on letters just when work stands still, and no act is done twice for a retry.
const operations = {
  list: { kind: 'query', schema: listDeadLettersSchema },
  get: { kind: 'query', schema: getDeadLetterSchema },
  redrive: { kind: 'command', schema: redriveLettersSchema },
  discard: { kind: 'command', schema: discardLettersSchema },
  acts: { kind: 'query', schema: listActsSchema },
  act: { kind: 'query', schema: getActSchema },
} as const;

export type DeadLetterOperation = keyof typeof operations;

/** The service that looks after a queue's dead letters, as its patterns begin. */
export const deadLetterServices = {
  orders_queue: 'orders',
  products_queue: 'products',
  webhooks_queue: 'webhooks',
} as const satisfies Record<DeadLetterQueue, string>;
export type DeadLetterService = (typeof deadLetterServices)[DeadLetterQueue];

type DeadLetterMessages<Service extends string, Queue extends string> = {
  readonly [Name in DeadLetterOperation as `${Service}.deadLetters.${Name}`]: (typeof operations)[Name] & {
    readonly queue: Queue;
  };
};

/** The messages by which a service is asked about its dead letters; the same for every service, on its own queue. */
export function deadLetterMessages<Service extends DeadLetterService, Queue extends string>(
  service: Service,
  queue: Queue,
): DeadLetterMessages<Service, Queue> {
  const messages = Object.entries(operations).map(([name, contract]) => [
    `${service}.deadLetters.${name}`,
    { ...contract, queue },
  ]);
  return Object.fromEntries(messages) as DeadLetterMessages<Service, Queue>;
}

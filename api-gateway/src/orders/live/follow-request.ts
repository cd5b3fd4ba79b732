import { type OrderStatus } from '@holdfast/contracts';
import { z } from 'zod';
import { invalid, validate } from '../../http/validate.js';

/** When a stream ends: with the decision about the order, or when nothing can change any more. */
export const untilSchema = z.enum(['decided', 'closed']);
export type Until = z.infer<typeof untilSchema>;

const ENDS: Record<Until, ReadonlySet<OrderStatus>> = {
  decided: new Set(['CONFIRMED', 'REJECTED', 'CANCELLED']),
  closed: new Set(['REJECTED', 'CANCELLED']),
};

/** Whether a stream has nothing more to wait for. */
export const endsWith = (until: Until, status: OrderStatus): boolean => ENDS[until].has(status);

const querySchema = z.strictObject({ until: untilSchema.default('decided') });

/** @throws ProblemError VALIDATION_FAILED */
export const untilOf = (query: unknown): Until => validate(querySchema, query, 'query').until;

const VERSION = /^[0-9]{1,15}$/;

/**
 * The version that a client has seen: the id of the last event that it got. 0 where it has seen none.
 *
 * @throws ProblemError VALIDATION_FAILED for what is no id of ours: whoever sends it has mixed up two streams.
 */
export function lastVersionOf(lastEventId: string | string[] | undefined): number {
  if (lastEventId === undefined || lastEventId === '') return 0;
  if (typeof lastEventId === 'string' && VERSION.test(lastEventId)) return Number(lastEventId);
  throw invalid('header', [{ header: 'Last-Event-ID', detail: 'must be the id of an event of this stream' }]);
}

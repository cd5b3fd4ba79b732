import { judgeAttempt } from '../../domain/judge-attempt.js';
import { retryAfterMs } from '../../domain/retry-after.js';
import { type RetrySchedule } from '../../domain/retry-schedule.js';
import { type AttemptOutcome, type DeliveryFate, type LeasedDelivery } from '../ports.js';

/** Everything that follows from one attempt. */
export interface Decision {
  fate: DeliveryFate;
  delivered: boolean;
  gone: boolean;
  /** Unix milliseconds until when the endpoint is left alone. */
  holdUntil: number | undefined;
}

/**
 * Decides what becomes of a delivery after an attempt.
 *
 * @param delivery `tries` counts the failed attempts of this round before it. A test is not tried again.
 */
export function decideFate(
  outcome: AttemptOutcome,
  delivery: Pick<LeasedDelivery, 'type' | 'tries'>,
  schedule: RetrySchedule,
  now: number,
  random: number,
): Decision {
  const answered = outcome.kind === 'answered' ? outcome : undefined;
  const { delivered, gone, holdMs } = judgeAttempt(answered?.status, retryAfterMs(answered?.retryAfter, now));
  const holdUntil = holdMs === undefined ? undefined : now + holdMs;
  return { delivered, gone, holdUntil, fate: fateOf(delivered, gone, delivery, schedule, now, random) };
}

function fateOf(
  delivered: boolean,
  gone: boolean,
  { type, tries }: Pick<LeasedDelivery, 'type' | 'tries'>,
  schedule: RetrySchedule,
  now: number,
  random: number,
): DeliveryFate {
  if (delivered) return { status: 'delivered' };
  if (type === 'webhook.test') return { status: 'failed' };
  const pauseMs = schedule.pauseAfter(tries + 1, random);
  // The subscription of an endpoint that is gone is disabled, and its events are held: whoever enables it wants this one too.
  if (gone) return { status: 'pending', dueAt: now + (pauseMs ?? 0) };
  return pauseMs === undefined ? { status: 'dead' } : { status: 'pending', dueAt: now + pauseMs };
}

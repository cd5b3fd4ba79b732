import { isWatched, type Labels, type PointName, reached } from '@holdfast/platform';

/**
 * Says that a point is reached once what was just sent on a channel is written to its socket; if nobody listens it does
 * nothing. amqplib gathers what is sent until the next immediate, which it schedules one tick later; `coalesceWrites`
 * writes at the end of that one. This runs right behind it, before anything is read: no answer has been seen by then.
 */
export function reachedWhenWritten(point: PointName, labels: Labels): void {
  if (isWatched(point)) process.nextTick(() => setImmediate(() => reached(point, labels)));
}

import { subscribe } from 'node:diagnostics_channel';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { channelOf, type PointReached } from '@holdfast/platform/points';
import { type Trigger } from './inside.js';
import { say } from './said.js';

const SIGNALS = { kill: 'SIGKILL', stop: 'SIGSTOP', term: 'SIGTERM' } as const;

/** Of a group commit's labels so many say enough; the line must fit into what a pipe takes at once. */
const MAX_LABELS = 5;

const COUNT = 'chaos-inside occurrences';

/**
 * Has the process signal itself at the trigger's occurrence of its point, before the product's next statement; SIGTERM, which
 * the product handles, it gets with its next turn of the event loop.
 */
export function actAtPoint({ point, occurrence, act, label }: Trigger): void {
  const count = sharedCount();
  subscribe(channelOf(point), (message) => {
    const { labels } = message as PointReached;
    if (label !== undefined && !labels.some((one) => one.includes(label))) return;
    if (Atomics.add(count, 0, 1) + 1 !== occurrence) return;
    say({ said: 'reached', point, occurrence, act, labels: labels.slice(0, MAX_LABELS) });
    process.kill(process.pid, SIGNALS[act]);
  });
}

/** One count for all threads: to the process it is one point, whichever of them comes there. */
function sharedCount(): Int32Array {
  if (isMainThread) setEnvironmentData(COUNT, new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  return new Int32Array(getEnvironmentData(COUNT) as unknown as SharedArrayBuffer);
}

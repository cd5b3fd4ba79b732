import { type Repeats } from './inside.js';

/** Delays in milliseconds after which a message goes out, one each; 0 is at once. */
export type Copies = readonly [first: number, ...others: number[]];

/**
 * When each copy of a message goes out.
 *
 * Commands and replies to queues go out in any order: they come from several publishers, and no consumer relies on one.
 * The first copy of an event goes out at once: RabbitMQ keeps the order in which one publisher's messages came to a queue,
 * and consumers rely on it. What it does is repeat, after every lost connection; so the other copies come later, among
 * events that came after.
 *
 * @param chance numbers from 0 to 1.
 */
export function scheduleCopies(
  { times: [least, most], withinMs }: Pick<Repeats, 'times' | 'withinMs'>,
  kind: 'event' | 'to-queue',
  chance: () => number,
): Copies {
  const count = least + Math.floor(chance() * (most - least + 1));
  const delays = Array.from({ length: count }, () => Math.ceil(chance() * withinMs));
  return kind === 'event' ? [0, ...delays.slice(1)] : (delays as unknown as Copies);
}

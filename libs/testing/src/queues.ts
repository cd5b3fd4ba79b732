import { deadLetterQueueOf, RETRY_DELAYS_MS, retryQueueOf } from '@holdfast/messaging';
import { type AmqpProbe, openProbe } from './amqp-probe.js';

/** Queues that a message for one of these may be in on its way. */
export const queuesOnTheWay = (workQueues: readonly string[]): string[] =>
  workQueues.flatMap((queue) => [queue, ...RETRY_DELAYS_MS.map((delayMs) => retryQueueOf(queue, delayMs))]);

/** Queues of what was given up. */
export const deadLetterQueues = (workQueues: readonly string[]): string[] => workQueues.map(deadLetterQueueOf);

/** The queues that hold messages, of these, with how many are ready in each; `{}` where there are none. */
export async function messagesIn(amqpUrl: string, queues: readonly string[]): Promise<Record<string, number>> {
  return withProbe(amqpUrl, async (probe) => {
    const held: Record<string, number> = {};
    for (const queue of queues) {
      const depth = await probe.depth(queue);
      if (depth > 0) held[queue] = depth;
    }
    return held;
  });
}

/** Lends a probe; a connection that lives longer does not survive what some tests do to the broker. */
export async function withProbe<T>(amqpUrl: string, work: (probe: AmqpProbe) => Promise<T>): Promise<T> {
  const probe = await openProbe(amqpUrl);
  try {
    return await work(probe);
  } finally {
    await probe.close();
  }
}

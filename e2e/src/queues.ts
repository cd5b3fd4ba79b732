import { type AmqpProbe, openProbe } from '@holdfast/testing';

export const WORK_QUEUES = ['orders_queue', 'products_queue'] as const;
export const DEAD_LETTERS = ['orders_queue.dlq', 'products_queue.dlq'] as const;

const RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000];

/** Queues that a message may be in on its way. */
export const QUEUES_ON_THE_WAY = WORK_QUEUES.flatMap((queue) => [
  queue,
  ...RETRY_DELAYS_MS.map((delayMs) => `${queue}.retry.${delayMs}`),
]);

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

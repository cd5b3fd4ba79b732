import { openProbe } from '@holdfast/testing';

const RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000];

export const WORK_QUEUES = ['orders_queue', 'products_queue', 'webhooks_queue'] as const;
export const QUERY_QUEUES = ['orders_queries', 'products_queries', 'webhooks_queries'] as const;

/** Queues that a message may be in on its way. */
export const QUEUES_ON_THE_WAY = WORK_QUEUES.flatMap((queue) => [
  queue,
  ...RETRY_DELAYS_MS.map((delayMs) => `${queue}.retry.${delayMs}`),
]);

export const DEAD_LETTERS = WORK_QUEUES.map((queue) => `${queue}.dlq`);

/** How many messages are ready in each of these queues; those that hold none are left out. */
export async function messagesIn(amqpUrl: string, queues: readonly string[]): Promise<Record<string, number>> {
  const probe = await openProbe(amqpUrl);
  try {
    const held: Record<string, number> = {};
    for (const queue of queues) {
      const depth = await probe.depth(queue);
      if (depth > 0) held[queue] = depth;
    }
    return held;
  } finally {
    await probe.close();
  }
}

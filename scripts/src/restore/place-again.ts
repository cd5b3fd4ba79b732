import { setTimeout as delay } from 'node:timers/promises';
import { type Reply } from '@holdfast/contracts';
import { ordersIn, reservationsIn } from './compare.js';
import { type LostOrder, lostOrders } from './lost-orders.js';
import { MAX_IN_FLIGHT, OrdersClient } from './orders-client.js';
import { reading } from './service-databases.js';
import { type TaskResult } from './task-result.js';

// products-service answers a repeat within milliseconds; what it has not decided before may wait behind other orders.
const DECIDED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 250;

/**
 * Places what orders.db has lost under the ids that the orders had, so that products-service answers as it did; and, when
 * they are decided, cancels again those whose stock was given back. Before that a cancellation would tell of an order that
 * was never confirmed.
 */
export async function placeAgain(env: NodeJS.ProcessEnv): Promise<TaskResult> {
  const client = await OrdersClient.connect(env);
  try {
    const lost = await findLost(env);
    const refusedOrders = await inTurns(lost, (order) => client.place(order));
    const undecided = await untilDecided(lost, env);
    const cancelled = await cancelledSince(env);
    const refusedCancellations = await inTurns(cancelled, ({ id }) => client.cancel(id));
    const problems = [...refusedOrders, ...refusedCancellations];
    if (undecided > 0) problems.push(`${undecided} are not decided: is products-service up? Then run this again`);
    const sum = `${lost.length} orders placed again, ${cancelled.length} cancelled again, ${problems.length} problems`;
    return { exitCode: problems.length === 0 ? 0 : 1, text: [...problems, sum].join('\n') };
  } finally {
    await client.close();
  }
}

const findLost = (env: NodeJS.ProcessEnv): Promise<LostOrder[]> =>
  reading(['orders', 'products', 'webhooks'], env, async (orders, products, webhooks) =>
    lostOrders(await ordersIn(orders), await reservationsIn(products), { products, webhooks }),
  );

const cancelledSince = (env: NodeJS.ProcessEnv): Promise<{ id: string }[]> =>
  reading(['orders', 'products'], env, async (orders, products) => {
    const statuses = await ordersIn(orders);
    return [...(await reservationsIn(products))]
      .filter(([id, stock]) => stock === 'RELEASED' && ['PENDING', 'CONFIRMED'].includes(statuses.get(id) ?? ''))
      .map(([id]) => ({ id }));
  });

/** @returns how many of them are PENDING at the end of the patience. */
async function untilDecided(lost: readonly LostOrder[], env: NodeJS.ProcessEnv): Promise<number> {
  const deadline = Date.now() + DECIDED_WITHIN_MS;
  for (;;) {
    const statuses = await reading(['orders'], env, ordersIn);
    const pending = lost.filter(({ id }) => statuses.get(id) === 'PENDING').length;
    if (pending === 0 || Date.now() > deadline) return pending;
    await delay(LOOK_EVERY_MS);
  }
}

/** @returns what was refused, in sentences. */
async function inTurns<T extends { id: string }>(
  all: readonly T[],
  ask: (one: T) => Promise<Reply<unknown>>,
): Promise<string[]> {
  const refused: string[] = [];
  for (let from = 0; from < all.length; from += MAX_IN_FLIGHT) {
    const some = all.slice(from, from + MAX_IN_FLIGHT);
    const replies = await Promise.all(some.map(ask));
    for (const [index, reply] of replies.entries()) {
      if (!reply.ok) refused.push(`${some[index]?.id}: ${reply.error.detail}`);
    }
  }
  return refused;
}

import { messagesIn, waitUntil } from '@holdfast/testing';
import { readUnfinished } from '../books/books.js';
import { QUEUES_ON_THE_WAY } from './queues.js';
import { type Stand } from './stand.js';

/** How long the system may take to come to rest. */
export interface RestPatience {
  timeoutMs: number;
  /** Nobody waits on when what is left has not changed for this long. */
  stillMs?: number;
}

/**
 * The longest way of a message that was given back: retries after 1, 5, 30 and 120 s. Two minutes more is for a delivery
 * whose endpoint was unlucky.
 */
export const REST: RestPatience = { timeoutMs: 280_000 };

/** What a broken build has lost never comes; to wait for it for minutes would prove no more. Their controls have no longer. */
export const REST_OF_BUILDS: RestPatience = { timeoutMs: 120_000, stillMs: 10_000 };

/**
 * Resolves when nothing is left to be done anywhere: no order PENDING, no event unpublished, no message in a queue or in
 * hands, no delivery due.
 *
 * @returns what did not come to rest in time; empty when everything did.
 */
export async function comeToRest(stand: Stand, { timeoutMs, stillMs }: RestPatience): Promise<Record<string, number>> {
  // What cannot be looked at, such as a queue that is gone, is not at rest.
  const unseen = { 'parts that could not be looked at': 1 };
  let left: Record<string, number> = unseen;
  let changedAt = performance.now();
  const isOver = async () => {
    const now = await unfinished(stand).catch(() => unseen);
    if (JSON.stringify(now) !== JSON.stringify(left)) changedAt = performance.now();
    left = now;
    return Object.keys(left).length === 0 || performance.now() - changedAt > (stillMs ?? timeoutMs);
  };
  await waitUntil('nothing is under way any more', isOver, { timeoutMs }).catch(() => undefined);
  return left;
}

async function unfinished(stand: Stand): Promise<Record<string, number>> {
  const found = {
    ...(await readUnfinished(stand.databases)),
    // Before the queues: what leaves a consumer's hands after this look waits in a retry queue for a second.
    'messages in hands': await messagesInHands(stand),
    ...(await messagesIn(stand.broker.alive.url, QUEUES_ON_THE_WAY)),
  };
  return Object.fromEntries(Object.entries(found).filter(([, count]) => count > 0));
}

async function messagesInHands({ instances }: Stand): Promise<number> {
  let count = 0;
  for (const instance of instances) {
    for (const [, value] of await instance.metric('holdfast_messages_being_handled')) count += value;
  }
  return count;
}

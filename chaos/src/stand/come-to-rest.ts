import { messagesIn, waitUntil } from '@holdfast/testing';
import { readUnfinished } from '../books/books.js';
import { QUEUES_ON_THE_WAY } from './queues.js';
import { type Stand } from './stand.js';

/**
 * The longest way of a message that was given back: retries after 1, 5, 30 and 120 s. Two minutes more is for a delivery
 * whose endpoint was unlucky.
 */
export const AT_REST_MS = 280_000;

/**
 * Resolves when nothing is left to be done anywhere: no order PENDING, no event unpublished, no message in a queue or in
 * hands, no delivery due.
 *
 * @returns what did not come to rest in time; empty when everything did.
 */
export async function comeToRest(stand: Stand, timeoutMs: number): Promise<Record<string, number>> {
  let left: Record<string, number> = {};
  const nothingIsLeft = async () => {
    left = await unfinished(stand);
    if (Object.keys(left).length > 0) throw new Error(`still there: ${JSON.stringify(left)}`);
    return true;
  };
  return waitUntil('nothing is under way any more', nothingIsLeft, { timeoutMs }).then(
    () => ({}),
    () => left,
  );
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

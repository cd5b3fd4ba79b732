import { messagesIn, waitUntil } from '@holdfast/testing';
import { Books } from './books.js';
import { QUEUES_ON_THE_WAY, WORK_QUEUES } from './queues.js';
import { type Stand } from './stand.js';
import { type System } from './system.js';

/** Enough for a reconnect, a retry of 5 s and a broker that reads its log again; nothing of it needs the reconciler. */
const SETTLED_MS = 90_000;

/** Resolves when no order is PENDING or has stock to give back, every event is published and no message is under way, be it a repeat. */
export async function settled(
  { amqpUrl, system }: Pick<Stand, 'amqpUrl' | 'system'>,
  timeoutMs = SETTLED_MS,
): Promise<void> {
  const books = new Books(system.dataDir);
  const nothingIsUnderWay = async () => {
    const found = {
      pending: books.ordersThatAre('PENDING'),
      unreleased: books.unreleased(),
      unpublished: books.unpublished('orders') + books.unpublished('products'),
      // Before the queues: what leaves a consumer's hands after this look waits in a retry queue for a second.
      ...(await beingHandled(system)),
      ...(await messagesIn(amqpUrl, QUEUES_ON_THE_WAY)),
    };
    if (Object.values(found).some((count) => count > 0)) throw new Error(`still there: ${JSON.stringify(found)}`);
    return true;
  };
  await waitUntil('nothing is under way any more', nothingIsUnderWay, { timeoutMs });
}

async function beingHandled(system: System): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const queue of WORK_QUEUES) {
    const service = queue === 'orders_queue' ? 'orders-service' : 'products-service';
    const series = `holdfast_messages_being_handled{queue="${queue}"}`;
    counts[`${queue}, being handled`] = await system.metric(service, series);
  }
  return counts;
}

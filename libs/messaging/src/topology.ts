import { type QueueName, webhookEventTypes } from '@holdfast/contracts';
import { type Channel } from 'amqplib';

/** Topic exchange that every event is published to, with its type as routing key. */
export const EVENTS_EXCHANGE = 'events';

/**
 * Alternate exchange of `events`: what no queue asks for passes here, so that it is seen in the exchange's rate, and in a
 * queue that somebody who wants to look binds to it. It has no queue of its own: to keep the last thousand events that
 * nobody wants cost the broker a tenth of an order.
 */
export const UNROUTED_EVENTS = 'events.unrouted';

// A query that nobody took within its caller's patience is of no use to anyone.
const QUERY_TTL_MS = 10_000;

// A message that has ended its consumer this many times goes to the dead letters. RabbitMQ 3.10 has no limit by itself, 4
// has this one.
const DELIVERY_LIMIT = 20;

// Operators look at dead letters where they lie, and each look counts as a delivery. RabbitMQ 4 throws away what was
// delivered 20 times, unless the queue says otherwise. -1 would say "never" to it, and "at once" to 3.10.
const LOOKS_AT_DEAD_LETTERS = 1_000_000_000;

/** Retry delays in milliseconds, one queue each: with mixed delays in one queue only its head would ever expire. */
export const RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000] as const;

interface QueueSpec {
  /** `work` keeps messages through everything; `query` holds short-lived questions. */
  kind: 'work' | 'query';
  /** Event types that this queue receives. */
  events: readonly string[];
  /** One consumer at a time takes from it, so that messages are handled in the order in which they came. */
  inOrder?: true;
}

export const queues: Record<QueueName, QueueSpec> = {
  orders_queue: { kind: 'work', events: ['product.stockReserved', 'product.stockReleased'] },
  orders_queries: { kind: 'query', events: [] },
  products_queue: { kind: 'work', events: [] },
  products_queries: { kind: 'query', events: [] },
  // A test is sent to its subscription at once and passes no queue.
  webhooks_queue: { kind: 'work', events: webhookEventTypes.filter((type) => type !== 'webhook.test'), inOrder: true },
  webhooks_queries: { kind: 'query', events: [] },
};

export const retryQueueOf = (queue: string, delayMs: number): string => `${queue}.retry.${delayMs}`;
export const deadLetterQueueOf = (queue: string): string => `${queue}.dlq`;

// A classic queue lives on one node. While that one is down the queue cannot be used, nor declared elsewhere, so queries
// have replicas too, and no message that is worth its dead letter.
const QUERY_QUEUE = {
  'x-queue-type': 'quorum',
  'x-message-ttl': QUERY_TTL_MS,
  'x-delivery-limit': DELIVERY_LIMIT,
} as const;

// At least once: without this strategy a message can vanish between its queue and its dead-letter queue when the broker
// stops in between. It needs the overflow to be reject-publish.
const QUORUM = {
  'x-queue-type': 'quorum',
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
} as const;

/** Declares the exchange for events and the place where unrouted ones show. */
export async function declareEvents(channel: Channel): Promise<void> {
  await channel.assertExchange(UNROUTED_EVENTS, 'fanout', { durable: true });
  await channel.assertExchange(EVENTS_EXCHANGE, 'topic', { durable: true, alternateExchange: UNROUTED_EVENTS });
}

/**
 * Declares a queue with everything that belongs to it: dead letters, retry tiers and bindings. Publishers call it too,
 * before they publish: the broker confirms what it can route nowhere.
 */
export async function declareQueue(channel: Channel, queue: QueueName): Promise<void> {
  const spec = queues[queue];
  if (spec.kind === 'query') {
    await channel.assertQueue(queue, { durable: true, arguments: QUERY_QUEUE });
    return;
  }
  const deadLetters = deadLetterQueueOf(queue);
  await channel.assertQueue(deadLetters, {
    durable: true,
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': LOOKS_AT_DEAD_LETTERS },
  });
  await channel.assertQueue(queue, {
    durable: true,
    arguments: {
      ...QUORUM,
      'x-delivery-limit': DELIVERY_LIMIT,
      ...(spec.inOrder && { 'x-single-active-consumer': true }),
      ...deadLetterTo(deadLetters),
    },
  });
  for (const delayMs of RETRY_DELAYS_MS) {
    await channel.assertQueue(retryQueueOf(queue, delayMs), {
      durable: true,
      arguments: { ...QUORUM, 'x-message-ttl': delayMs, ...deadLetterTo(queue) },
    });
  }
  for (const type of spec.events) await channel.bindQueue(queue, EVENTS_EXCHANGE, type);
}

/** Declares all of it. */
export async function declareTopology(channel: Channel): Promise<void> {
  await declareEvents(channel);
  for (const queue of Object.keys(queues) as QueueName[]) await declareQueue(channel, queue);
}

const deadLetterTo = (queue: string) => ({ 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': queue });

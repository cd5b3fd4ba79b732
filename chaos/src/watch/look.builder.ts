import { type ConsumerLook, type Look, type ProcessLook, type QueueLook } from './look.js';

export const aProcess = (changed: Partial<ProcessLook> = {}): ProcessLook => ({
  ...{ name: 'orders-service-1', service: 'orders-service', state: 'runs', ready: true, memoryMb: 150 },
  ...changed,
});

export const aQueue = (name: string, changed: Partial<QueueLook> = {}): QueueLook => ({
  ...{ name, messages: 0, consumers: 1, done: 0 },
  ...changed,
});

export const aConsumer = (queue: string, process: string, active = true): ConsumerLook => ({ queue, process, active });

/** One orders-service with a consumer on each of its queues, and nothing to do. */
export const aLook = (changed: Partial<Look> = {}): Look => ({
  atMs: 0,
  processes: [aProcess()],
  broker: ordersBroker(['orders-service-1']),
  acceptedOrders: 0,
  ...changed,
});

/** A broker with the queues of orders-service, which these processes consume. */
export const ordersBroker = (
  names: readonly string[],
  changed: Partial<QueueLook> = {},
): NonNullable<Look['broker']> => ({
  queues: [
    aQueue('orders_queue', { consumers: names.length, ...changed }),
    aQueue('orders_queries', { consumers: names.length }),
  ],
  consumers: names.flatMap((name) => [aConsumer('orders_queue', name), aConsumer('orders_queries', name)]),
});

import { deadLetterQueues, queuesOnTheWay } from '@holdfast/testing';

/** Of an order's way; webhooks have a spec of their own. */
export const WORK_QUEUES = ['orders_queue', 'products_queue'] as const;
export const DEAD_LETTERS = deadLetterQueues(WORK_QUEUES);
export const QUEUES_ON_THE_WAY = queuesOnTheWay(WORK_QUEUES);

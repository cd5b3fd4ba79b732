import { deadLetterQueues, queuesOnTheWay } from '@holdfast/testing';

export const WORK_QUEUES = ['orders_queue', 'products_queue', 'webhooks_queue'] as const;
export const QUEUES_ON_THE_WAY = queuesOnTheWay(WORK_QUEUES);
export const DEAD_LETTERS = deadLetterQueues(WORK_QUEUES);

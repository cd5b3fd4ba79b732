import { type OrderChange, type TimelineEntry } from '@holdfast/contracts';
import { CONFIRMED_ORDER } from './orders.js';

export const ORDER_CHANGE: OrderChange = {
  version: 2,
  type: 'order.confirmed',
  status: 'CONFIRMED',
  at: '2026-01-05T09:30:00.040Z',
  data: { orderId: CONFIRMED_ORDER.id, status: 'CONFIRMED', total: { amount: 2_500, currency: 'EUR' } },
};

export const TIMELINE_ENTRY: TimelineEntry = {
  at: '2026-01-05T09:30:00.040Z',
  service: 'orders',
  kind: 'event',
  type: 'order.confirmed',
  id: '019abf2e-7db4-7d08-a7e5-91f4603b2cda',
  causedBy: '019abf2e-7da1-7b6c-9f14-c3e80a5d7126',
  data: { orderId: CONFIRMED_ORDER.id, status: 'CONFIRMED' },
};

import { type OrderChange, type OrderTimeline, type TimelineEntry } from '@holdfast/contracts';
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
  data: { status: 'CONFIRMED', total: { amount: 2_500, currency: 'EUR' } },
};

export const ORDER_TIMELINE: OrderTimeline = {
  data: [
    TIMELINE_ENTRY,
    {
      at: '2026-01-05T09:30:00.055Z',
      service: 'webhooks',
      kind: 'webhook-attempt',
      type: 'order.confirmed',
      id: '019abf2e-7e10-7f02-8c3d-91a5b4e6d2f0/1',
      causedBy: TIMELINE_ENTRY.id,
      data: {
        webhookId: '019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74',
        deliveryId: '019abf2e-7e10-7f02-8c3d-91a5b4e6d2f0',
        deliveryStatus: 'delivered',
        number: 1,
        durationMs: 12,
        status: 204,
        error: null,
        detail: null,
      },
    },
  ],
  incomplete: [],
  truncated: false,
};

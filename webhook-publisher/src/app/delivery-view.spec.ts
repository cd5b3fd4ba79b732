import { deliveryViewSchema, newId } from '@holdfast/contracts';
import { deliveryViewOf } from './delivery-view.js';
import { type DeliveryRecord } from './ports.js';

const at = Date.UTC(2026, 0, 5);

const aDelivery = (given: Partial<DeliveryRecord>): DeliveryRecord => ({
  ...{ id: newId(), subscriptionId: newId(), eventId: newId(), eventType: 'order.created', subject: 'order/1' },
  ...{ sequence: 1, previousEventId: null, status: 'pending', attempts: 0, dueAt: at, createdAt: at, finishedAt: null },
  ...given,
});

describe('a delivery as callers see it', () => {
  it.each([
    ['pending', 'pending', '2026-01-05T00:00:00.000Z'],
    ['waiting', 'pending', null],
    ['delivered', 'delivered', null],
    ['dead', 'dead', null],
    ['failed', 'failed', null],
  ] as const)('%s is %s, with its next attempt at %s', (status, shown, nextAttemptAt) => {
    const view = deliveryViewOf(aDelivery({ status, finishedAt: shown === 'pending' ? null : at }));
    expect(deliveryViewSchema.parse(view)).toEqual(view);
    expect(view).toMatchObject({ status: shown, nextAttemptAt });
  });
});

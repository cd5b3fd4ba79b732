import { timelineEntrySchema } from '@holdfast/contracts';
import { type StreamEvent } from '@holdfast/messaging';
import { timelineOf } from './order-timeline.js';

// Made at 2026-01-05T09:30:00.000Z.
const REQUEST = '019b8d7d-f1c0-7c11-9a54-6b1d4a3f2e10';
const EVENT_AT = Date.parse('2026-01-05T09:30:00.005Z');

const anEvent = (type: string, data: Record<string, unknown>, causationId = REQUEST): StreamEvent => ({
  ...{ id: `id of ${type}`, type, causationId, occurredAt: EVENT_AT },
  data: { orderId: 'order', clientId: 'shop', idempotencyKey: 'shop:secret-key', reference: 'R-1', ...data },
});

const items = [{ productId: 'mug', quantity: 2 }];
const total = { amount: 2_500, currency: 'EUR' };

describe('the timeline of an order', () => {
  it('begins with the request, and has its events and commands with their causes', () => {
    const entries = timelineOf([
      anEvent('order.created', { status: 'PENDING', items }),
      anEvent('product.reserveStock', { items }),
      anEvent('order.confirmed', { status: 'CONFIRMED', items, total }, 'id of product.stockReserved'),
    ]);
    for (const entry of entries) expect(timelineEntrySchema.parse(entry)).toEqual(entry);
    expect(entries.map(({ service, kind, type, causedBy }) => [service, kind, type, causedBy])).toEqual([
      ['gateway', 'request', 'orders.create', null],
      ['orders', 'event', 'order.created', REQUEST],
      ['orders', 'message', 'product.reserveStock', REQUEST],
      ['orders', 'event', 'order.confirmed', 'id of product.stockReserved'],
    ]);
    expect(entries.map(({ data }) => data)).toEqual([
      { clientId: 'shop', items, reference: 'R-1' },
      { status: 'PENDING' },
      { items },
      { status: 'CONFIRMED', total },
    ]);
    expect(entries[0]).toMatchObject({ id: REQUEST, at: '2026-01-05T09:30:00.000Z' });
  });

  it('has the request that cancelled it', () => {
    const entries = timelineOf([
      anEvent('order.cancelled', { status: 'CANCELLED', previousStatus: 'PENDING' }, 'sha256-of a message by hand'),
    ]);
    expect(entries).toMatchObject([
      { kind: 'request', type: 'orders.cancel', id: 'sha256-of a message by hand', at: '2026-01-05T09:30:00.005Z' },
      { kind: 'event', data: { status: 'CANCELLED', previousStatus: 'PENDING' } },
    ]);
  });

  it('tells nobody an idempotency key', () => {
    const all = ['order.created', 'order.confirmed', 'order.rejected', 'order.cancelled', 'product.releaseStock'];
    expect(JSON.stringify(timelineOf(all.map((type) => anEvent(type, {}))))).not.toContain('secret-key');
  });
});

import { orderChangeSchema } from '@holdfast/contracts';
import { type StreamEvent } from '@holdfast/messaging';
import { changesIn } from './order-changes.js';

const anEvent = (type: string, data: Record<string, unknown> = {}): StreamEvent => ({
  ...{ id: `id of ${type}`, type, data, causationId: 'cause', occurredAt: Date.parse('2026-01-05T09:30:00.000Z') },
});

const CREATED = anEvent('order.created', { status: 'PENDING' });
const ASKED = anEvent('product.reserveStock');
const CONFIRMED = anEvent('order.confirmed', { status: 'CONFIRMED' });
const REJECTED = anEvent('order.rejected', { status: 'REJECTED' });
const CANCELLED = anEvent('order.cancelled', { status: 'CANCELLED' });
const GIVEN_BACK = anEvent('product.releaseStock');

describe('the changes of an order', () => {
  it.each([
    ['just placed', [CREATED, ASKED], ['1 PENDING']],
    ['confirmed', [CREATED, ASKED, CONFIRMED], ['1 PENDING', '2 CONFIRMED']],
    ['rejected', [CREATED, ASKED, REJECTED], ['1 PENDING', '2 REJECTED']],
    ['cancelled at once', [CREATED, ASKED, CANCELLED, GIVEN_BACK], ['1 PENDING', '2 CANCELLED']],
    [
      'cancelled after it was confirmed',
      [CREATED, ASKED, CONFIRMED, CANCELLED, GIVEN_BACK],
      ['1 PENDING', '2 CONFIRMED', '3 CANCELLED'],
    ],
    ['none', [], []],
  ])('that is %s are numbered as its versions', (_name, events, expected) => {
    expect(changesIn(events).map(({ version, status }) => `${version} ${status}`)).toEqual(expected);
  });

  it('are as the contract says, with what their events say', () => {
    const [change] = changesIn([CREATED]);
    expect(orderChangeSchema.parse(change)).toEqual({
      version: 1,
      type: 'order.created',
      status: 'PENDING',
      at: '2026-01-05T09:30:00.000Z',
      data: { status: 'PENDING' },
    });
  });
});

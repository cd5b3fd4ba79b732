import { timelineEntrySchema } from '@holdfast/contracts';
import { type StreamEvent } from '@holdfast/messaging';
import { timelineOf } from './reservation-timeline.js';

const MUG = '0198b3c0-0000-7000-8000-000000000001';
const LAMP = '0198b3c0-0000-7000-8000-000000000002';

const anEvent = (type: string, data: Record<string, unknown>): StreamEvent => ({
  ...{ id: 'event', type, data, causationId: 'command', occurredAt: Date.parse('2026-01-05T09:30:00.000Z') },
});

const line = (productId: string, sku: string, quantity: number) => ({ productId, sku, quantity });

const reserved = anEvent('product.stockReserved', {
  ...{ orderId: 'order', clientId: 'shop', reserved: true, total: { amount: 500, currency: 'EUR' } },
  items: [line(LAMP, 'lamp', 1), line(MUG, 'mug', 2), line(LAMP, 'lamp', 3)],
});

describe('the timeline of a reservation', () => {
  it('has one movement per product, as the ledger, and then the event', () => {
    const entries = timelineOf([reserved]);
    for (const entry of entries) expect(timelineEntrySchema.parse(entry)).toEqual(entry);
    expect(entries.map(({ kind, type, id, causedBy }) => ({ kind, type, id, causedBy }))).toEqual([
      { kind: 'stock-movement', type: 'reserve', id: `event/${MUG}`, causedBy: 'command' },
      { kind: 'stock-movement', type: 'reserve', id: `event/${LAMP}`, causedBy: 'command' },
      { kind: 'event', type: 'product.stockReserved', id: 'event', causedBy: 'command' },
    ]);
    expect(entries.map(({ data }) => data)).toEqual([
      { productId: MUG, sku: 'mug', available: -2, reserved: 2 },
      { productId: LAMP, sku: 'lamp', available: -4, reserved: 4 },
      { reserved: true, total: { amount: 500, currency: 'EUR' } },
    ]);
  });

  it('tells between them what has become low', () => {
    const said = { productId: MUG, sku: 'mug', available: 2, threshold: 5 };
    const low = { ...anEvent('product.stockLow', { ...said, name: 'A mug' }), id: 'low' };
    const entries = timelineOf([reserved, anEvent('product.stockReleased', { items: [] })], [low]);
    expect(entries.map(({ type }) => type)).toEqual([
      ...['reserve', 'reserve', 'product.stockLow', 'product.stockReserved', 'product.stockReleased'],
    ]);
    expect(entries[2]).toMatchObject({ kind: 'event', id: 'low', causedBy: 'command', data: said });
  });

  it('says why nothing was reserved', () => {
    const refused = { reserved: false, reason: 'OUT_OF_STOCK', detail: '2 of mug were asked for, 1 is there' };
    const entries = timelineOf([anEvent('product.stockReserved', { orderId: 'order', ...refused })]);
    expect(entries.map(({ kind, data }) => ({ kind, data }))).toEqual([{ kind: 'event', data: refused }]);
  });

  it('has what was given back, which may be nothing', () => {
    const [movement, event] = timelineOf([anEvent('product.stockReleased', { items: [line(MUG, 'mug', 2)] })]);
    expect(movement).toMatchObject({ type: 'release', data: { productId: MUG, available: 2, reserved: -2 } });
    expect(event).toMatchObject({ type: 'product.stockReleased', data: {} });
    expect(timelineOf([anEvent('product.stockReleased', { items: [] })])).toHaveLength(1);
  });
});

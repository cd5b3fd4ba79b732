import { type TimelineEntry } from '@holdfast/contracts';
import { mergedTimeline } from './merge-timeline.js';

const NOON = Date.parse('2026-01-05T12:00:00.000Z');

/** An entry `ms` after noon. */
const at = (ms: number, given: Pick<TimelineEntry, 'service' | 'kind' | 'id'> & Partial<TimelineEntry>) => ({
  ...{ type: given.id, causedBy: null, data: {} },
  at: new Date(NOON + ms).toISOString(),
  ...given,
});

const request = (ms: number, id = 'request') => at(ms, { service: 'gateway', kind: 'request', id });
const ofOrders = (ms: number, id: string, causedBy: string) =>
  at(ms, { service: 'orders', kind: 'event', id, causedBy });
const ofProducts = (ms: number, id: string, causedBy: string) =>
  at(ms, { service: 'products', kind: 'event', id, causedBy });
const attempt = (ms: number, id: string, causedBy: string) =>
  at(ms, { service: 'webhooks', kind: 'webhook-attempt', id, causedBy });

/** An order from request to callback, with the clock of products-service `skew` ms ahead. */
const anOrder = (skew: number, webhooksSkew = 0): TimelineEntry[][] => [
  [
    request(0),
    ofOrders(2, 'created', 'request'),
    ofOrders(2, 'reserve', 'request'),
    ofOrders(9, 'confirmed', 'reserved'),
    request(100, 'cancellation'),
    ofOrders(103, 'cancelled', 'cancellation'),
  ],
  [
    at(5 + skew, { service: 'products', kind: 'stock-movement', id: 'movement', causedBy: 'reserve' }),
    ofProducts(5 + skew, 'reserved', 'reserve'),
  ],
  [attempt(4 + webhooksSkew, 'told created', 'created'), attempt(12 + webhooksSkew, 'told confirmed', 'confirmed')],
];

const idsOf = (entries: readonly TimelineEntry[]) => entries.map(({ id }) => id);

describe('a merged timeline', () => {
  it('is in the order of time where clocks agree', () => {
    expect(idsOf(mergedTimeline(anOrder(0)))).toEqual([
      ...['request', 'created', 'reserve', 'told created', 'movement', 'reserved', 'confirmed', 'told confirmed'],
      ...['cancellation', 'cancelled'],
    ]);
  });

  it.each([-3_600_000, -6, -1, 1, 3, 5, 50, 3_600_000])(
    'has causes before effects and keeps each log when a clock is %i ms off',
    (skew) => {
      for (const parts of [anOrder(skew), anOrder(0, skew), anOrder(-skew, skew)]) {
        const merged = mergedTimeline(parts);
        const place = new Map(merged.map(({ id }, index) => [id, index]));
        for (const { id, causedBy } of merged) {
          if (causedBy !== null) expect([causedBy, place.get(causedBy)]).not.toEqual([causedBy, undefined]);
          if (causedBy !== null) expect(place.get(causedBy)).toBeLessThan(place.get(id) ?? -1);
        }
        for (const service of ['orders', 'products']) {
          const log = parts.flat().filter((entry) => entry.service === service);
          expect(idsOf(merged.filter((entry) => entry.service === service))).toEqual(idsOf(log));
        }
        expect([...merged].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
          parts.flat().sort((a, b) => (a.id < b.id ? -1 : 1)),
        );
      }
    },
  );

  it('takes causes that nobody tells of, and such as go in a circle', () => {
    const parts = [[ofOrders(1, 'a', 'b'), ofOrders(2, 'b', 'c')], [ofProducts(0, 'c', 'a')], [attempt(3, 'd', 'x')]];
    expect(idsOf(mergedTimeline(parts)).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(mergedTimeline([[ofOrders(0, 'a', 'a')]])).toHaveLength(1);
    expect(mergedTimeline([])).toEqual([]);
  });
});

import { type OrderChange } from '@holdfast/contracts';
import { frameOf } from './sse-frame.js';

const change = (data: Record<string, unknown>): OrderChange => ({
  ...{ version: 2, type: 'order.confirmed', status: 'CONFIRMED', at: '2026-01-05T09:30:00.040Z', data },
});

describe('an event on the wire', () => {
  it('has the version as its id, its type as its name, and one line of data', () => {
    expect(frameOf(change({ total: 1 }))).toBe(
      'id: 2\nevent: order.confirmed\ndata: {"version":2,"type":"order.confirmed","status":"CONFIRMED",' +
        '"at":"2026-01-05T09:30:00.040Z","data":{"total":1}}\n\n',
    );
  });

  it.each(['a\nid: 9', 'a\r\nevent: x', 'a\r\rdata: x', '\u2028\u2029\u0000'])(
    'stays one event with %j in it',
    (text) => {
      const lines = frameOf(change({ reference: text })).split(/\r\n|\r|\n/);
      expect(lines.map((line) => line.split(':')[0])).toEqual(['id', 'event', 'data', '', '']);
      expect(JSON.parse(lines[2]?.slice('data: '.length) ?? '').data.reference).toBe(text);
    },
  );
});

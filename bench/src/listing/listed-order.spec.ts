import { ITEM_COLUMNS, listedOrder, ORDER_COLUMNS, type Value } from './listed-order.js';

const orders = { count: 1_000, skus: ['first', 'second', 'third'], now: 1_800_000_000_000 };
const all = Array.from({ length: orders.count }, (_, index) => listedOrder(index, orders));
const column = (name: string): (Value | undefined)[] => all.map(({ order }) => order[ORDER_COLUMNS.indexOf(name)]);
const share = (name: string, value: Value): number => column(name).filter((other) => other === value).length;

describe('an order that is listed', () => {
  it('has a value for every column', () => {
    for (const { order, item } of all) {
      expect([order.length, item.length]).toEqual([ORDER_COLUMNS.length, ITEM_COLUMNS.length]);
    }
  });

  it('is one of few that wait, of some that were refused, of many that were sold', () => {
    expect([share('status', 'PENDING'), share('status', 'REJECTED'), share('status', 'CONFIRMED')]).toEqual([
      1, 20, 979,
    ]);
  });

  it('is older the earlier it comes', () => {
    const times = column('created_at').map(Number);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(orders.now);
  });
});

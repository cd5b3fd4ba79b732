import { hasBecomeLow, type StockLevel } from './low-stock.js';

const at = (available: number, threshold: number | null): StockLevel => ({ available, threshold });

describe('a product becomes low', () => {
  it.each<[string, StockLevel, StockLevel]>([
    ['by a sale that reaches its threshold', at(11, 10), at(10, 10)],
    ['by a sale that passes it', at(11, 10), at(0, 10)],
    ['by its last unit', at(1, 0), at(0, 0)],
    ['by a threshold that is set', at(5, null), at(5, 5)],
    ['by a threshold that is raised', at(5, 4), at(5, 6)],
  ])('%s', (_name, before, after) => expect(hasBecomeLow(before, after)).toBe(true));

  it.each<[string, StockLevel, StockLevel]>([
    ['above its threshold', at(12, 10), at(11, 10)],
    ['when it is low already', at(10, 10), at(9, 10)],
    ['when it rises', at(9, 10), at(12, 10)],
    ['when it rises to its threshold', at(9, 10), at(10, 10)],
    ['without a threshold', at(1, null), at(0, null)],
    ['by a threshold that is raised while it is low', at(5, 6), at(5, 9)],
    ['by a threshold that is lowered', at(5, 9), at(5, 5)],
    ['by a threshold below what there is', at(5, null), at(5, 4)],
    ['by a threshold that is taken away', at(5, 9), at(5, null)],
  ])('not %s', (_name, before, after) => expect(hasBecomeLow(before, after)).toBe(false));

  it('once for every time that it falls', () => {
    const levels = [12, 11, 10, 9, 10, 11, 10, 3, 20, 4];
    const crossings = levels.filter((after, index) => hasBecomeLow(at(levels[index - 1] ?? 99, 10), at(after, 10)));
    expect(crossings).toEqual([10, 10, 4]);
  });
});

import { hasBecomeLow } from './low-stock.js';

describe('a product becomes low', () => {
  it.each([
    { before: 11, after: 10, threshold: 10 },
    { before: 11, after: 0, threshold: 10 },
    { before: 1, after: 0, threshold: 0 },
  ])('by %j', (change) => expect(hasBecomeLow(change)).toBe(true));

  it.each([
    { before: 12, after: 11, threshold: 10 },
    { before: 10, after: 9, threshold: 10 },
    { before: 9, after: 12, threshold: 10 },
    { before: 9, after: 10, threshold: 10 },
    { before: 1, after: 0, threshold: null },
  ])('not by %j', (change) => expect(hasBecomeLow(change)).toBe(false));

  it('once for every time that it falls', () => {
    const levels = [12, 11, 10, 9, 10, 11, 10, 3, 20, 4];
    const crossings = levels.filter((after, at) =>
      hasBecomeLow({ before: levels[at - 1] ?? 99, after, threshold: 10 }),
    );
    expect(crossings).toEqual([10, 10, 4]);
  });
});

import { pauseAfter } from './reask-schedule.js';

describe('the pause before asking for stock again', () => {
  it.each([
    [0, 30_000],
    [1, 60_000],
    [2, 120_000],
    [6, 1_920_000],
    [7, 3_600_000],
    [5_000, 3_600_000],
  ])('after %d asks is %d ms', (asks, pause) => {
    expect(pauseAfter(asks)).toBe(pause);
  });
});

import { RetrySchedule } from './retry-schedule.js';

const schedule = new RetrySchedule([1_000, 2_000, 4_000]);

describe('the retry schedule', () => {
  it.each([
    [1, 0.5, 1_000],
    [2, 0.5, 2_000],
    [3, 0.5, 4_000],
    [1, 0, 800],
    [1, 1, 1_200],
    [3, 0.25, 3_600],
  ])('pauses after %i failures, with random %d, for %i ms', (tries, random, pauseMs) => {
    expect(schedule.pauseAfter(tries, random)).toBe(pauseMs);
  });

  it('ends after its last delay', () => {
    expect(schedule.pauseAfter(4, 0.5)).toBeUndefined();
  });

  it('knows how long a pause is at most', () => {
    expect([1, 3, 4].map((tries) => schedule.longestPauseAfter(tries))).toEqual([1_200, 4_800, 0]);
  });

  it('may be empty: one attempt, no retry', () => {
    expect(new RetrySchedule([]).pauseAfter(1, 0.5)).toBeUndefined();
  });
});

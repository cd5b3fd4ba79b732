import { isAhead, mendedDueAt, mendedHold } from './clock-ahead.js';
import { RetrySchedule } from './retry-schedule.js';

const HOUR_MS = 3_600_000;
const NOW = 1_000 * HOUR_MS;

const waits = { schedule: new RetrySchedule([1_000, 8 * HOUR_MS]), leaseMs: 35_000 };

const untried = { tries: 0, leased: false };
const leased = { tries: 0, leased: true };
const failedOnce = { tries: 1, leased: false };
const failedTwice = { tries: 2, leased: false };

describe('what a clock ahead of ours has scheduled', () => {
  it.each([
    ['has never been tried', untried, 0],
    ['is leased', leased, 35_000],
    ['is leased again', { tries: 2, leased: true }, 35_000],
    ['has failed once', failedOnce, 1_200],
    ['has a retry that this schedule does not have', { tries: 3, leased: false }, 0],
  ])('is moved to what is the latest for a delivery that %s', (_, delivery, longestMs) => {
    expect(mendedDueAt({ ...delivery, dueAt: NOW + HOUR_MS }, NOW, waits)).toBe(NOW + longestMs);
  });

  it.each([
    ['is due', untried, -HOUR_MS],
    ['will be in a minute', untried, 60_000],
    ['is leased by somebody whose clock is nearly ours', leased, 95_000],
    ['waits for its retry', failedOnce, 1_200],
    ['waits for one that is hours away', failedTwice, 9.6 * HOUR_MS],
  ])('is not a delivery that %s', (_, delivery, aheadMs) => {
    expect(mendedDueAt({ ...delivery, dueAt: NOW + aheadMs }, NOW, waits)).toBeUndefined();
  });

  it('stays where it was moved to', () => {
    for (const delivery of [untried, leased, failedOnce, failedTwice]) {
      const dueAt = mendedDueAt({ ...delivery, dueAt: NOW + 24 * HOUR_MS }, NOW, waits) ?? Number.NaN;
      expect(mendedDueAt({ ...delivery, dueAt }, NOW, waits)).toBeUndefined();
    }
  });
});

describe('what an endpoint asked for by a clock ahead of ours', () => {
  it('is as long as it was, from now', () => {
    const [at, until] = [NOW + HOUR_MS, NOW + HOUR_MS + 30_000];
    expect(mendedHold({ at, until }, NOW)).toBe(NOW + 30_000);
  });

  it('is an hour at most where nobody noted when it asked', () => {
    expect(mendedHold({ at: null, until: NOW + 2 * HOUR_MS }, NOW)).toBe(NOW + HOUR_MS);
    expect(mendedHold({ at: null, until: NOW + HOUR_MS }, NOW)).toBeUndefined();
  });

  it('is not what it asked for by ours', () => {
    expect(mendedHold({ at: NOW - 1_000, until: NOW + HOUR_MS - 1_000 }, NOW)).toBeUndefined();
  });
});

it('a clock is ahead when it is by more than a minute', () => {
  expect([NOW, NOW + 60_000, NOW + 60_001].map((at) => isAhead(at, NOW))).toEqual([false, false, true]);
});

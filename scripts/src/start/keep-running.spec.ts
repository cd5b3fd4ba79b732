import { restartDelayMs } from './keep-running.js';

it.each([
  [1, 1_000],
  [2, 2_000],
  [3, 4_000],
  [5, 16_000],
  [6, 30_000],
  [60, 30_000],
])('waits, before start %i in a row, %i ms', (failures, expected) => {
  expect(restartDelayMs(failures)).toBe(expected);
});

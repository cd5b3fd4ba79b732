import { type Fault } from './faults/fault.js';
import { whileTheyFit } from './while-they-fit.js';

const lasting = (seconds: number): Fault => ({
  name: `fault of ${seconds} s`,
  seconds,
  impossibleOn: () => undefined,
  inflict: async () => undefined,
});

/** What load, rest and looking take beside the fault. */
const BESIDE = 6;

/** Seconds of the faults that are tried where everything takes so many times as long as it says. */
function tried(faults: readonly number[], seconds: number, slowness = 1): number[] {
  let left = seconds;
  const chosen: number[] = [];
  for (const fault of whileTheyFit(faults.map(lasting), () => left)) {
    chosen.push(fault.seconds);
    left -= (fault.seconds + BESIDE) * slowness;
  }
  return chosen;
}

it('tries all faults in their order where there is time for all', () => {
  expect(tried([60, 2, 30], 1_000)).toEqual([60, 2, 30]);
});

it('leaves out what would last longer, and tries what comes after it', () => {
  expect(tried([20, 60, 10], 50)).toEqual([20, 10]);
});

it('is over in time on a slow machine, too', () => {
  // Four of 16 s, and the end. Twice as slow there are 5 s left after two of them.
  expect(tried([10, 10, 10, 10], 69)).toHaveLength(4);
  expect(tried([10, 10, 10, 10], 69, 2)).toHaveLength(2);
});

it('does not begin what would fit on a quiet machine only', () => {
  expect(tried([4, 10], 40)).toEqual([4, 10]);
  // 20 s are left, and the other would take 32.
  expect(tried([4, 10], 40, 2)).toEqual([4]);
});

it('tries the shortest where the start has used up the time', () => {
  expect(tried([20, 2, 60], 0)).toEqual([2]);
});

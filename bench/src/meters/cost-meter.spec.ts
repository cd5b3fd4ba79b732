import { type CostReading, costPerOrder } from './cost-meter.js';

const before: CostReading = {
  commits: 10,
  storedKiB: 100,
  walKiB: 50,
  disk: { writtenKiB: 5, flushes: 7 },
  networkKiB: 1_000,
};
const after: CostReading = {
  commits: 40,
  storedKiB: 400,
  walKiB: 250,
  disk: { writtenKiB: 25, flushes: 17 },
  networkKiB: 1_500,
};

describe('the cost of an order', () => {
  it('is what was taken between two readings, for each order', () => {
    expect(costPerOrder(before, after, 10)).toEqual({
      commitsPerOrder: 3,
      storedKiBPerOrder: 30,
      walKiBPerOrder: 20,
      writtenKiBPerOrder: 2,
      flushesPerOrder: 1,
      networkKiBPerOrder: 50,
    });
  });

  it('leaves out what nobody counts', () => {
    const uncounted = { commits: undefined, walKiB: undefined, disk: undefined };
    const cost = costPerOrder({ ...before, ...uncounted }, { ...after, ...uncounted }, 10);
    expect(cost).toEqual({ storedKiBPerOrder: 30, networkKiBPerOrder: 50 });
  });
});

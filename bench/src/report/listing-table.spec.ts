import { listingTable } from './listing-table.js';

describe('the table of lists', () => {
  it('shows the first page of a list beside a deep one', () => {
    const table = listingTable([
      {
        list: 'everyone’s',
        deepPage: 1_000,
        first: { p50Ms: 2, p99Ms: 8, cpuUs: 900 },
        deep: { p50Ms: 2.1, p99Ms: 9, cpuUs: 1_250 },
      },
    ]);
    expect(table.split('\n')).toEqual([
      'list        deep page  p50 ms  deep  p99 ms  deep  CPU µs   deep  deep/first',
      'everyone’s      1,000    2.00  2.10     8.0   9.0     900  1,250        1.05',
    ]);
  });
});

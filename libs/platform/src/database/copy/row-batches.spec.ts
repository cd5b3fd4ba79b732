import { type CopiedRow } from './copied-table.js';
import { rowBatches } from './row-batches.js';

const sizes = (rows: Iterable<CopiedRow>): number[] => [...rowBatches(rows)].map(({ length }) => length);
const rowsOf = (count: number, value: string | null): CopiedRow[] => Array.from({ length: count }, () => [value]);

describe('rows in batches', () => {
  it('are all there, a thousand at a time', () => {
    expect(sizes(rowsOf(2_500, null))).toEqual([1_000, 1_000, 500]);
    expect(sizes(rowsOf(1_000, 'x'))).toEqual([1_000]);
    expect(sizes([])).toEqual([]);
  });

  it('are fewer where they are long, and one that is longer than all goes alone', () => {
    expect(sizes(rowsOf(5, 'x'.repeat(400_000)))).toEqual([2, 2, 1]);
    expect(sizes([...rowsOf(1, 'x'), ...rowsOf(1, 'x'.repeat(3_000_000)), ...rowsOf(1, 'x')])).toEqual([1, 1, 1]);
  });
});

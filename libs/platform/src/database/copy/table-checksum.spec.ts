import { type CopiedRow } from './copied-table.js';
import { TableChecksum } from './table-checksum.js';

const of = (...rows: CopiedRow[]): TableChecksum => {
  const checksum = new TableChecksum();
  for (const row of rows) checksum.add(row);
  return checksum;
};

describe('the checksum of a table', () => {
  it('is that of its rows, in whatever order they come', () => {
    const a: CopiedRow = ['1', 'a'];
    const b: CopiedRow = ['2', null];
    const c: CopiedRow = ['3', ''];
    expect(of(a, b, c).equals(of(c, a, b))).toBe(true);
    expect(of(a, b, c).text).toMatch(/^[0-9a-f]{32}$/);
    expect(of().text).toBe('0'.repeat(32));
  });

  it.each<[string, CopiedRow[], CopiedRow[]]>([
    ['a value', [['1', 'a']], [['1', 'b']]],
    ['no value and an empty one', [[null]], [['']]],
    ['where a value ends', [['ab', 'c']], [['a', 'bc']]],
    ['a row that is there twice', [['1'], ['1']], [['1'], ['1'], ['1']]],
    ['two rows that are the same', [['1'], ['1']], [['2'], ['2']]],
    [
      'which row a value is in',
      [
        ['1', 'a'],
        ['2', 'b'],
      ],
      [
        ['1', 'b'],
        ['2', 'a'],
      ],
    ],
  ])('tells %s', (_name, left, right) => {
    expect(of(...left).equals(of(...right))).toBe(false);
  });
});

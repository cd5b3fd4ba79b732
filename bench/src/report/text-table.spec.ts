import { figure, textTable } from './text-table.js';

describe('textTable', () => {
  it('aligns labels to the left and figures to the right', () => {
    const table = textTable([
      ['', 'bare', 'product'],
      ['orders/s', '5,000', '3,100'],
      ['p50, ms', '8'],
    ]);
    expect(table.split('\n')).toEqual(['           bare  product', 'orders/s  5,000    3,100', 'p50, ms       8']);
  });
});

describe('figure', () => {
  it.each([
    [1234567, 0, '1,234,567'],
    [0.6049, 2, '0.60'],
    [undefined, 2, '-'],
    [Number.NaN, 0, '-'],
    [1 / 0, 2, '-'],
  ])('%d with %d decimals is %s', (value, digits, text) => {
    expect(figure(value, digits)).toBe(text);
  });
});

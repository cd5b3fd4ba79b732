import { columnsOf, lineOf } from './import-columns.js';

const HEADER = ['sku', 'name', 'price_amount', 'price_currency', 'stock'];
const ALL = [...HEADER, 'supplier_id', 'low_stock_threshold'];

const header = (...fields: string[]) => columnsOf({ line: 1, fields });
const line = (columns: string[], ...fields: string[]) => lineOf(header(...columns), { line: 2, fields });

describe('the header of a file', () => {
  it.each([[HEADER], [ALL], [[...ALL].reverse()]])('may be %j', (columns) => {
    expect(header(...columns)).toEqual(columns);
  });

  it.each([
    ['a column less', HEADER.slice(1), 'sku is missing'],
    ['an unknown column', [...HEADER, 'colour'], '"colour" is not known'],
    ['a column twice', [...HEADER, 'sku'], 'sku is there twice'],
    ['a prototype', [...HEADER, '__proto__', 'constructor'], '"__proto__" is not known, "constructor" is not known'],
    ['other letters', ['SKU', ...HEADER.slice(1)], 'sku is missing, "SKU" is not known'],
    ['another separator', [HEADER.join(';')], 'sku is missing, name is missing'],
    ['no name', [...HEADER, ''], '"" is not known'],
    ['blanks', [' sku', ...HEADER.slice(1)], '" sku" is not known'],
    ['control characters', [...HEADER, 'a\u0000\u001b[2J'], '"a\\u0000\\u001b[2J" is not known'],
  ])('may not have %s', (_name, columns, detail) => {
    const wrong = { code: 'VALIDATION_FAILED', message: expect.stringContaining(detail) };
    expect(() => header(...columns)).toThrow(expect.objectContaining(wrong));
  });

  it('is quoted in part only', () => {
    const columns = [...HEADER, ...Array.from({ length: 3_000 }, () => 'x'.repeat(1_000))];
    expect(() => header(...columns)).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{1,800}$/) }));
  });
});

describe('a line of a file', () => {
  it('is a product', () => {
    expect(line(ALL, 'mug', 'Mug', '1250', 'EUR', '10', 'acme', '3')).toEqual({
      sku: 'mug',
      product: {
        ...{ sku: 'mug', name: 'Mug', price: { amount: 1_250, currency: 'EUR' }, stock: 10 },
        ...{ supplierId: 'acme', lowStockThreshold: 3 },
      },
    });
  });

  it('says nothing by cells that are empty', () => {
    const { product } = line(ALL, 'mug', 'Mug', '0', 'EUR', '0', '', '');
    expect(product).toEqual({ sku: 'mug', name: 'Mug', price: { amount: 0, currency: 'EUR' }, stock: 0 });
  });

  it.each(['=1+1', '@SUM(A1)', '+49 30', '-5', "'text"])('may have the name %s', (name) => {
    expect(line(HEADER, 'mug', name, '1', 'EUR', '1').product).toMatchObject({ name });
  });

  it.each<[string, string[], string | null, string]>([
    ['no sku', ['', 'Mug', '1', 'EUR', '1'], 'sku', 'is missing'],
    ['no name', ['mug', '', '1', 'EUR', '1'], 'name', 'is missing'],
    ['no price', ['mug', 'Mug', '', 'EUR', '1'], 'price_amount', 'is missing'],
    ['no currency', ['mug', 'Mug', '1', '', '1'], 'price_currency', 'is missing'],
    ['no stock', ['mug', 'Mug', '1', 'EUR', ''], 'stock', 'is missing'],
    ['a sku with a blank', ['a b', 'Mug', '1', 'EUR', '1'], 'sku', 'must be'],
    ['a formula as sku', ['=A1', 'Mug', '1', 'EUR', '1'], 'sku', 'must be'],
    ['a price with a point', ['mug', 'Mug', '12.50', 'EUR', '1'], 'price_amount', 'whole number'],
    ['a price in words', ['mug', 'Mug', 'free', 'EUR', '1'], 'price_amount', 'whole number'],
    ['a price with a blank', ['mug', 'Mug', ' 1', 'EUR', '1'], 'price_amount', 'whole number'],
    ['an exponent', ['mug', 'Mug', '1e3', 'EUR', '1'], 'price_amount', 'whole number'],
    ['a huge number', ['mug', 'Mug', '9'.repeat(400), 'EUR', '1'], 'price_amount', 'whole number'],
    ['a negative price', ['mug', 'Mug', '-1', 'EUR', '1'], 'price_amount', '>=0'],
    ['a currency that is none', ['mug', 'Mug', '1', 'euro', '1'], 'price_currency', ''],
    ['too much stock', ['mug', 'Mug', '1', 'EUR', '1000000001'], 'stock', '<=1000000000'],
    ['a NUL', ['mug', 'M\u0000g', '1', 'EUR', '1'], 'name', 'control characters'],
    ['a line break in the name', ['mug', 'a\nb', '1', 'EUR', '1'], 'name', 'control characters'],
    ['bytes that are not UTF-8', ['mug', 'caf\ufffd', '1', 'EUR', '1'], 'name', 'is not UTF-8'],
    ['a field too many', ['mug', 'Mug', '1', 'EUR', '1', ''], null, 'has 6 fields, the header has 5'],
    ['a field less', ['mug', 'Mug', '1', 'EUR'], null, 'has 4 fields, the header has 5'],
  ])('may not have %s', (_name, fields, field, detail) => {
    expect(line(HEADER, ...fields).faults).toEqual([{ field, detail: expect.stringContaining(detail) }]);
  });

  it('names each column that is wrong, once, and repeats no more of the sku than tells it', () => {
    const { sku, faults } = line(HEADER, 'x'.repeat(5_000), '', '1.5', 'e', '-1');
    expect(faults?.map(({ field }) => field)).toEqual(HEADER);
    expect(sku).toMatch(/^x{60}…$/);
  });
});

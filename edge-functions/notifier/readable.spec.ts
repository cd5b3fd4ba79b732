import { readable, readableCount, readableMoney } from './readable.ts';

describe('readableMoney', () => {
  it.each([
    [2500, 'EUR', 'en', '25.00 EUR'],
    [2500, 'EUR', 'es', '25,00 EUR'],
    [5, 'EUR', 'en', '0.05 EUR'],
    [0, 'EUR', 'en', '0.00 EUR'],
    [2500, 'JPY', 'en', '2,500 JPY'],
    [2500, 'JPY', 'es', '2500 JPY'],
    [1234, 'KWD', 'en', '1.234 KWD'],
    [123456789, 'USD', 'en', '1,234,567.89 USD'],
    [123456789, 'USD', 'es', '1.234.567,89 USD'],
    [Number.MAX_SAFE_INTEGER, 'EUR', 'en', '90,071,992,547,409.91 EUR'],
    [100, 'XXX', 'en', '1.00 XXX'],
  ])('writes %d minor units of %s in %s as %s', (amount, currency, locale, expected) => {
    expect(readableMoney({ amount, currency }, locale)).toBe(expected);
  });
});

describe('readableCount', () => {
  it.each([
    [1500, 'en', '1,500'],
    [15000, 'es', '15.000'],
  ])('writes %d in %s as %s', (count, locale, expected) => expect(readableCount(count, locale)).toBe(expected));

  it.each([
    [20, '+20'],
    [-3, '-3'],
  ])('writes a change of %d as %s', (count, expected) => {
    expect(readableCount(count, 'en', { signed: true })).toBe(expected);
  });
});

describe('readable', () => {
  it.each([
    ['a\r\nb\u0000c', 'a b c'],
    ['  a ', 'a'],
    ['a\ud83d', 'a\ufffd'],
    ['123456', '1234…'],
    ['🏟🏟🏟🏟🏟', '🏟🏟🏟🏟🏟'],
    ['🏟🏟🏟🏟🏟🏟', '🏟🏟🏟🏟…'],
  ])('makes %j %j', (text, expected) => expect(readable(text, 5)).toBe(expected));
});

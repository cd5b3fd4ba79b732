import { currencySchema, moneySchema } from './money.js';

// As JSON texts: 1e309 is a number there, and Infinity once it is parsed.
const amounts: [string, boolean][] = [
  ['0', true],
  ['1', true],
  ['1e3', true],
  ['2147483648', true],
  ['9007199254740991', true],
  ['9007199254740992', false],
  ['9007199254740993', false],
  ['1e309', false],
  ['-1', false],
  ['1.5', false],
  ['"1"', false],
  ['""', false],
  ['null', false],
  ['true', false],
  ['[1]', false],
  ['{}', false],
];

describe('an amount of money', () => {
  it.each(amounts)('of %s is one: %s', (json, is) => {
    expect(moneySchema.safeParse({ amount: JSON.parse(json), currency: 'EUR' }).success).toBe(is);
  });

  it('is nothing without its currency, nor the other way round', () => {
    expect(moneySchema.safeParse({ amount: 1 }).success).toBe(false);
    expect(moneySchema.safeParse({ currency: 'EUR' }).success).toBe(false);
  });

  it.each([
    ['EUR', true],
    ['eur', false],
    ['EURO', false],
    ['EU', false],
    ['E R', false],
    ['EUR\n', false],
    ['ΕUR', false],
    [978, false],
    [null, false],
  ])('in the currency %j is one: %s', (currency, is) => {
    expect(currencySchema.safeParse(currency).success).toBe(is);
  });
});

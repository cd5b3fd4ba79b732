import { gistOf } from './event-gist.js';

it.each([
  [{ total: { amount: 2900, currency: 'EUR' } }, '29.00 EUR'],
  [{ total: { amount: 5, currency: 'EUR' }, reserved: true }, '0.05 EUR'],
  [{ reserved: false }, 'refused'],
  [{ reserved: false, reason: 'OUT_OF_STOCK' }, 'OUT_OF_STOCK'],
  [{ total: null }, ''],
  [{}, ''],
])('says of %j "%s"', (data, gist) => {
  expect(gistOf(data)).toBe(gist);
});

import { retryAfterMs } from './retry-after.js';

const now = Date.UTC(2026, 10, 6, 8, 49, 37);

describe('Retry-After', () => {
  it.each<[string, string | undefined, number | undefined]>([
    ['seconds', '120', 120_000],
    ['zero', '0', 0],
    ['leading zeros', '007', 7_000],
    ['space around it', ' 5 ', 5_000],
    ['more seconds than a number holds', '9'.repeat(400), Number.MAX_SAFE_INTEGER],
    ['an IMF-fixdate', 'Fri, 06 Nov 2026 08:50:37 GMT', 60_000],
    ['an RFC 850 date', 'Friday, 06-Nov-26 08:50:37 GMT', 60_000],
    ['an asctime date', 'Fri Nov  6 08:50:37 2026', 60_000],
    ['a day of two digits in asctime', 'Mon Nov 16 08:49:37 2026', 10 * 86_400_000],
    ['another weekday than the date has', 'Mon, 06 Nov 2026 08:50:37 GMT', 60_000],
    ['a moment that has passed', 'Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['a year of two digits within 50 years', 'Friday, 06-Nov-76 08:49:37 GMT', Date.UTC(2076, 10, 6, 8, 49, 37) - now],
    ['a year of two digits that has passed', 'Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['nothing', undefined, undefined],
    ['an empty value', '', undefined],
    ['a negative number', '-1', undefined],
    ['a fraction', '1.5', undefined],
    ['a sign', '+5', undefined],
    ['hexadecimal', '0x10', undefined],
    ['an exponent', '1e3', undefined],
    ['words', 'soon', undefined],
    ['two values', '5, 10', undefined],
    ['an ISO date', '2026-11-06T08:50:37Z', undefined],
    ['another time zone', 'Fri, 06 Nov 2026 08:50:37 CET', undefined],
    ['a day that does not exist', 'Tue, 31 Feb 2026 08:49:37 GMT', undefined],
    ['an hour that does not exist', 'Fri, 06 Nov 2026 25:49:37 GMT', undefined],
    ['a month that does not exist', 'Fri, 06 Nox 2026 08:49:37 GMT', undefined],
  ])('%s', (_what, header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});

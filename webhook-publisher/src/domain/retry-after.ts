const DELTA_SECONDS = /^\d+$/;

/** The three forms of an HTTP-date, RFC 9110 section 5.6.7: IMF-fixdate, RFC 850 and asctime. */
const IMF_FIXDATE = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/;
const RFC_850 = /^[A-Z][a-z]{5,8}, (\d\d)-([A-Z][a-z]{2})-(\d\d) (\d\d:\d\d:\d\d) GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d) (\d{4})$/;

/**
 * How long a `Retry-After` asks to wait: RFC 9110 section 10.2.3, seconds or an HTTP-date.
 *
 * @param header the header as it was received; undefined where there was none.
 * @param now unix milliseconds.
 * @returns milliseconds from now, 0 for a moment that has passed, undefined for what says no time. There is no upper
 * bound: a server may ask for centuries, and it is for the caller to say how much of that it grants.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (DELTA_SECONDS.test(text)) return Math.min(Number(text) * 1_000, Number.MAX_SAFE_INTEGER);
  const moment = momentOf(text, now);
  return moment === undefined ? undefined : Math.max(0, moment - now);
}

function momentOf(text: string, now: number): number | undefined {
  const canonical = imfFixdate(text) ?? rfc850(text, now) ?? asctime(text);
  if (canonical === undefined) return undefined;
  const moment = Date.parse(`${canonical} GMT`);
  // Date.parse makes 3 March of 31 February.
  const exists = !Number.isNaN(moment) && new Date(moment).toUTCString().endsWith(`${canonical} GMT`);
  return exists ? moment : undefined;
}

function imfFixdate(text: string): string | undefined {
  const [, day, month, year, time] = IMF_FIXDATE.exec(text) ?? [];
  return day === undefined ? undefined : `${day} ${month} ${year} ${time}`;
}

/** A year of two digits that seems more than 50 years ahead is the latest past one with these digits (RFC 9110). */
function rfc850(text: string, now: number): string | undefined {
  const [, day, month, digits, time] = RFC_850.exec(text) ?? [];
  if (day === undefined) return undefined;
  const thisYear = new Date(now).getUTCFullYear();
  const inThisCentury = thisYear - (thisYear % 100) + Number(digits);
  const year = inThisCentury > thisYear + 50 ? inThisCentury - 100 : inThisCentury;
  return `${day} ${month} ${year} ${time}`;
}

function asctime(text: string): string | undefined {
  const [, month, day, time, year] = ASCTIME.exec(text) ?? [];
  return day === undefined ? undefined : `${day.replace(' ', '0')} ${month} ${year} ${time}`;
}

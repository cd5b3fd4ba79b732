import { type Money } from '../shared/event-data.ts';

/**
 * A text of somebody else's on one line of at most `maxCharacters`: control characters become spaces, and halves of
 * characters, which Telegram refuses, become U+FFFD.
 */
export function readable(text: string, maxCharacters: number): string {
  const line = text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
  const characters = [...line];
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters - 1).join('')}…` : line;
}

/** An amount as people of that locale write it, with the currency's own number of decimals: "25.00 EUR", "2,500 JPY". */
export function readableMoney({ amount, currency }: Money, locale: string): string {
  const decimals =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return `${format.format(decimalOf(amount, decimals))} ${currency}`;
}

// A text, since dividing loses cents from some 10^13 units on.
function decimalOf(minorUnits: number, decimals: number): Intl.StringNumericLiteral {
  const digits = String(minorUnits).padStart(decimals + 1, '0');
  const whole = digits.length - decimals;
  return `${digits.slice(0, whole)}.${digits.slice(whole)}0` as Intl.StringNumericLiteral;
}

/** A number of units; with its sign where it is a change. */
export const readableCount = (count: number, locale: string, { signed = false } = {}): string =>
  new Intl.NumberFormat(locale, { signDisplay: signed ? 'exceptZero' : 'auto' }).format(count);

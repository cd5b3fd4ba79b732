import { type OrderedLine, type OrderLine, type SoldLine } from '../shared/event-data.ts';
import { bold, code, type FormattedText } from './formatted-text.ts';
import { readable, readableCount } from './readable.ts';

// A message has at most 4096 characters (core.telegram.org/bots/api#sendmessage). Ten lines of a name each, a reference, a
// sentence and the words around them stay below 2500.
export const MAX_LINES = 10;
export const MAX_NAME = 100;
export const MAX_REFERENCE = 200;
export const MAX_SENTENCE = 500;

/** An order as its buyer calls it; one without a reference by its id, which a tap copies. */
export const orderName = ({ orderId, reference }: { orderId: string; reference: string | null }): FormattedText =>
  reference === null || reference.trim() === '' ? code(orderId) : bold(readable(reference, MAX_REFERENCE));

export const productName = ({ name, sku }: { name: string; sku: string }): FormattedText =>
  bold(`${readable(name, MAX_NAME)} (${readable(sku, MAX_NAME)})`);

/** "2 × Blue mug, 1 × Tea pot"; `more` says how many lines are left out. */
export function itemList(
  items: readonly (OrderLine | OrderedLine | SoldLine)[],
  locale: string,
  more: (lines: number) => string,
): string {
  const named = items.slice(0, MAX_LINES).map((item) => {
    const name = 'name' in item && item.name !== null ? item.name : item.productId;
    return `${readableCount(item.quantity, locale)} × ${readable(name, MAX_NAME)}`;
  });
  return items.length > MAX_LINES ? `${named.join(', ')} ${more(items.length - MAX_LINES)}` : named.join(', ');
}

/** A text of somebody else's as a sentence, with its full stop. */
export function sentence(text: string): string {
  const line = readable(text, MAX_SENTENCE);
  return line === '' || /[.!?…]$/.test(line) ? line : `${line}.`;
}

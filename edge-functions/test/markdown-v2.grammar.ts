/** What the Bot API answers to a text that is not MarkdownV2, after "Bad Request: can't parse entities: ". */
export class MarkdownV2Error extends Error {}

const RESERVED = new Set('_*[]()~`>#+-=|{}.!');

// The longer mark first: `__` is one underline, not two italics.
const MARKS: readonly (readonly [mark: string, entity: string])[] = [
  ['```', 'Pre'],
  ['`', 'Code'],
  ['__', 'Underline'],
  ['_', 'Italic'],
  ['*', 'Bold'],
  ['~', 'Strikethrough'],
  ['||', 'Spoiler'],
];

interface OpenEntity {
  mark: string;
  entity: string;
  byteOffset: number;
}

/**
 * Reads a text as the Bot API does (core.telegram.org/bots/api#markdownv2-style), but for links, custom emoji and quotes, which
 * it takes for unescaped characters.
 *
 * @returns what a person sees.
 * @throws MarkdownV2Error with the words of the real one.
 */
export function textOfMarkdownV2(markdown: string): string {
  const open: OpenEntity[] = [];
  let seen = '';
  for (let at = 0; at < markdown.length; ) {
    const character = markdown.charAt(at);
    const inner = open.at(-1);
    const next = markdown.charAt(at + 1);
    if (character === '\\' && next !== '' && next <= '~') {
      seen += next;
      at += 2;
    } else if (inner && markdown.startsWith(inner.mark, at)) {
      open.pop();
      at += inner.mark.length;
    } else if (inner?.mark.startsWith('`') && character !== '`') {
      seen += character;
      at += 1;
    } else if (RESERVED.has(character)) {
      const opened = opening(markdown, at);
      open.push(opened);
      at += opened.mark.length;
    } else {
      seen += character;
      at += 1;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed)
    throw new MarkdownV2Error(`Can't find end of ${unclosed.entity} entity at byte offset ${unclosed.byteOffset}`);
  return seen;
}

function opening(markdown: string, at: number): OpenEntity {
  const found = MARKS.find(([mark]) => markdown.startsWith(mark, at));
  if (!found) {
    const character = markdown.charAt(at);
    throw new MarkdownV2Error(`Character '${character}' is reserved and must be escaped with the preceding '\\'`);
  }
  return { mark: found[0], entity: found[1], byteOffset: Buffer.byteLength(markdown.slice(0, at)) };
}

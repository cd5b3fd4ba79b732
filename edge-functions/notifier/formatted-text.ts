/** A text that Telegram is to format: as MarkdownV2, and as a person without formatting would read it. */
export class FormattedText {
  readonly markdown: string;
  readonly plain: string;

  constructor(markdown: string, plain: string) {
    this.markdown = markdown;
    this.plain = plain;
  }
}

/** With every character escaped that MarkdownV2 reserves (core.telegram.org/bots/api#markdownv2-style). */
export const escapeMarkdown = (text: string): string => text.replace(/[\\_*[\]()~`>#+\-=|{}.!]/g, '\\$&');

type Part = string | FormattedText;

/**
 * Template tag. Everything is escaped, the literal part too, except what `bold` and `code` have formatted, so a wording can be
 * written as it reads.
 */
export function formatted(literals: TemplateStringsArray, ...values: Part[]): FormattedText {
  const parts = literals.flatMap((literal, index) => [literal, values[index] ?? '']);
  return new FormattedText(parts.map(markdownOf).join(''), parts.map(plainOf).join(''));
}

export const bold = (text: string): FormattedText => new FormattedText(`*${escapeMarkdown(text)}*`, text);

/** Tapping on it copies it. Inside it, only these two are reserved. */
export const code = (text: string): FormattedText => new FormattedText(`\`${text.replace(/[\\`]/g, '\\$&')}\``, text);

const markdownOf = (part: Part): string => (typeof part === 'string' ? escapeMarkdown(part) : part.markdown);
const plainOf = (part: Part): string => (typeof part === 'string' ? part : part.plain);

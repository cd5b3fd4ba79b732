import fc from 'fast-check';
import { MarkdownV2Error, textOfMarkdownV2 } from '../test/markdown-v2.grammar.js';
import { bold, code, escapeMarkdown, formatted } from './formatted-text.ts';

describe('formatted', () => {
  it('escapes what is written and what is put in, but not what is formatted', () => {
    const message = formatted`Order ${bold('R-1')} (${code('a`b')}): 2.50 ${'*!'}`;
    expect(message.markdown).toBe('Order *R\\-1* \\(`a\\`b`\\): 2\\.50 \\*\\!');
    expect(message.plain).toBe('Order R-1 (a`b): 2.50 *!');
  });

  it('is read by the Bot API as it was meant, whatever the text', () => {
    const anyText = fc.string({
      unit: fc.oneof(fc.constantFrom(...'_*[]()~`>#+-=|{}.!\\\n'), fc.string({ unit: 'grapheme' })),
    });
    fc.assert(
      fc.property(anyText, anyText, anyText, (plain, strong, mono) => {
        const message = formatted`${plain}${bold(strong)} ${code(mono)}.`;
        expect(textOfMarkdownV2(message.markdown)).toBe(message.plain);
      }),
    );
  });
});

describe('the grammar that the stand-in has', () => {
  it.each([...'_*[]()~`>#+-=|{}.!'])('does not take an unescaped %s', (character) => {
    expect(() => textOfMarkdownV2(`a${character}b`)).toThrow(MarkdownV2Error);
    expect(textOfMarkdownV2(escapeMarkdown(`a${character}b`))).toBe(`a${character}b`);
  });

  it.each([
    ['2.50', "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ['🏟 🏟_abacaba', "Can't find end of Italic entity at byte offset 9"],
    ['🏟 🏟_abac * asd ', "Can't find end of Bold entity at byte offset 15"],
    ['🏟 🏟`', "Can't find end of Code entity at byte offset 9"],
    ['a|b', "Character '|' is reserved and must be escaped with the preceding '\\'"],
  ])('says of "%s" what the real one says', (text, message) => {
    expect(() => textOfMarkdownV2(text)).toThrow(message);
  });
});

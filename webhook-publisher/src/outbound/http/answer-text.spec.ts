import { answerText } from './answer-text.js';

const textOf = (body: string | number[], maxBytes = 1_024) =>
  answerText(typeof body === 'string' ? Buffer.from(body) : Buffer.from(body), maxBytes);

describe('what is kept of an answer', () => {
  it.each([
    ['nothing', '', ''],
    ['text', '{"ok":true}\n\tdone', '{"ok":true}\n\tdone'],
    ['unicode', 'grüße 👩‍👩‍👧', 'grüße 👩‍👩‍👧'],
    ['lines of Windows', 'a\r\nb', 'a\nb'],
    ['NUL', 'a\u0000b', 'a\ufffdb'],
    ['terminal sequences', '\u001b[2J\u0007\r\u009b', '\ufffd[2J\ufffd\ufffd\ufffd'],
    ['delete', 'a\u007f', 'a\ufffd'],
    ['text that turns around', 'a\u202ecod.exe\u2066', 'a\ufffdcod.exe\ufffd'],
  ])('of %s', (_what, body, expected) => {
    expect(textOf(body)).toBe(expected);
  });

  it.each([
    ['bytes that are no UTF-8', [0x61, 0xff, 0xfe, 0x62], 'a\ufffd\ufffdb'],
    ['a surrogate', [0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
    ['a character that was broken off', [0x61, 0xe2, 0x82], 'a\ufffd'],
  ])('is valid UTF-8 for %s', (_what, body, expected) => {
    expect(textOf(body)).toBe(expected);
  });

  it.each([
    ['abcd', 3, 'abc'],
    ['abc', 3, 'abc'],
    ['aé', 2, 'a'],
    ['aé', 3, 'aé'],
    ['a€b', 3, 'a'],
    ['a€b', 4, 'a€'],
    ['a😀b', 2, 'a'],
    ['a😀b', 4, 'a'],
    ['a😀b', 5, 'a😀'],
  ])('of %s ends before the character that crosses %i bytes', (body, maxBytes, expected) => {
    expect(textOf(body, maxBytes)).toBe(expected);
  });

  it('of a body of continuation bytes alone is as long as it may be', () => {
    expect(textOf(new Array(10).fill(0x80), 6)).toBe('\ufffd'.repeat(6));
  });
});

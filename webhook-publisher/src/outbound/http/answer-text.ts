/**
 * Characters that do harm where answers are kept and shown: NUL, which PostgreSQL refuses, the other control characters,
 * which steer terminals, and the marks that turn the direction of the text after them. Tab and line feed stay.
 */
const HARMFUL = /[^\P{Cc}\t\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What most answers are, recognised at a tenth of the cost. */
const PLAIN = /^[ -~\n]*$/;

const REPLACEMENT = '\ufffd';

/** Text of a stranger, fit to be stored and shown: what is harmful is replaced, CRLF is a line feed. */
export const harmlessText = (text: string): string =>
  PLAIN.test(text) ? text : text.replaceAll('\r\n', '\n').replace(HARMFUL, REPLACEMENT);

/**
 * The beginning of an answer's body as harmless text.
 *
 * @param body as it was received; what is not UTF-8 is replaced.
 * @param maxBytes a character that crosses this border is left out.
 */
export function answerText(body: Buffer, maxBytes: number): string {
  const end = body.length > maxBytes ? characterStart(body, maxBytes) : body.length;
  return harmlessText(body.toString('utf8', 0, end));
}

/** Where the character begins that the byte at `index` is part of: at most three bytes of it continue another one. */
function characterStart(body: Buffer, index: number): number {
  let start = index;
  while (start > index - 4 && isContinuation(body[start])) start -= 1;
  return isContinuation(body[start]) ? index : start;
}

/** 10xxxxxx in UTF-8. */
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

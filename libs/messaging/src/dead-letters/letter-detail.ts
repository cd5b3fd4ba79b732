import { type DeadLetterDetail, type DeadLetterView } from '@holdfast/contracts';
import { type ConsumeMessage } from 'amqplib';
import { headersOf, type Letter, letterOf, timeIn } from './letter.js';
import { printableText, printableValue } from './printable.js';

const MAX_SHOWN_BYTES = 64_000;

// What nests deeper may not be written again as it was read: the writer's stack is shorter than the reader's.
const MAX_JSON_DEPTH = 100;

/** A letter as a list shows it. */
export const viewOf = ({ redrivenBy: _, ...view }: Letter): DeadLetterView => view;

/** A letter with what is in it, as far as it can be shown. */
export function detailOf(message: ConsumeMessage): DeadLetterDetail {
  const { correlationId, type, timestamp } = message.properties;
  return {
    ...viewOf(letterOf(message)),
    correlationId: shownText(correlationId),
    type: shownText(type),
    publishedAt: timeIn(timestamp),
    headers: shownHeaders(message),
    body: shownBody(message.content),
  };
}

const shownText = (value: unknown): string | null => (typeof value === 'string' ? printableText(value, 255) : null);

function shownHeaders(message: ConsumeMessage): DeadLetterDetail['headers'] {
  const headers = printableValue(headersOf(message)) as Record<string, unknown>;
  return JSON.stringify(headers).length <= MAX_SHOWN_BYTES ? headers : null;
}

/** A text as it is, so that broken JSON can be read and numbers keep their digits; anything else as base64. */
function shownBody(content: Buffer): DeadLetterDetail['body'] {
  const truncated = content.length > MAX_SHOWN_BYTES;
  const shown = content.subarray(0, MAX_SHOWN_BYTES);
  const text = textIn(shown, truncated);
  if (text === undefined) return { encoding: 'base64', content: shown.toString('base64'), truncated };
  const json = truncated ? undefined : jsonIn(text);
  return { encoding: 'utf8', content: text, truncated, ...(json !== undefined && { json }) };
}

function textIn(bytes: Buffer, truncated: boolean): string | undefined {
  try {
    // As a stream: a character that the cut has split is left out.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: truncated });
  } catch {
    return undefined;
  }
}

function jsonIn(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return nestsWithin(json, MAX_JSON_DEPTH) ? json : undefined;
  } catch {
    return undefined;
  }
}

function nestsWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((item) => nestsWithin(item, depth - 1));
}

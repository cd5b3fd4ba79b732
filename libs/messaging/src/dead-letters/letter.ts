import { createHash } from 'node:crypto';
import { type DeadLetterView, type LetterFilter, letterReasonSchema } from '@holdfast/contracts';
import { type ConsumeMessage } from 'amqplib';
import { identityOf } from '../consumer/envelope.js';
import { REDRIVE_ACT_HEADER, REDRIVE_COUNT_HEADER } from '../headers.js';
import { printableText, printableValue } from './printable.js';

/** What is known of a dead letter without its body. */
export interface Letter extends DeadLetterView {
  /** Id of the act that has sent it back before. */
  redrivenBy: string | undefined;
}

// The broker counts in them how often it has delivered the letter, which every look at it changes.
const VOLATILE_HEADERS: readonly string[] = ['x-delivery-count', 'x-acquired-count'];

const MAX_PATTERN = 200;
const MAX_DETAIL = 500;

// To read a megabyte takes 10 ms of the event loop, and there may be a thousand of them.
const MAX_READ_BYTES = 64_000;

/** What a dead letter says of itself; whatever is in it, this throws nothing. */
export function letterOf(message: ConsumeMessage): Letter {
  const headers = headersOf(message);
  const death = lastDeathIn(headers);
  return {
    id: letterIdOf(message),
    messageId: printableText(identityOf(message), 255),
    pattern: patternOf(message),
    reason: reasonIn(headers, death),
    detail: textOf(headers['x-dead-letter-detail'], MAX_DETAIL),
    deadAt: timeIn(headers['x-dead-letter-at']) ?? timeIn(death.time),
    redriveCount: redriveCountOf(message),
    bytes: message.content.length,
    redrivenBy: typeof headers[REDRIVE_ACT_HEADER] === 'string' ? headers[REDRIVE_ACT_HEADER] : undefined,
  };
}

/** How many times a letter was sent back; a header that says something else counts as none. */
export function redriveCountOf(message: ConsumeMessage): number {
  const count = headersOf(message)[REDRIVE_COUNT_HEADER];
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : 0;
}

export const headersOf = ({ properties }: ConsumeMessage): Record<string, unknown> =>
  (properties.headers ?? {}) as Record<string, unknown>;

export const matches = (filter: LetterFilter, { reason, pattern }: Letter): boolean =>
  (filter.reason === undefined || filter.reason === reason) &&
  (filter.pattern === undefined || filter.pattern === pattern);

/** A digest of all that makes the letter: several letters may share a message id, with different bodies or reasons. */
function letterIdOf(message: ConsumeMessage): string {
  const { contentType, correlationId, type, timestamp } = message.properties;
  const headers = Object.entries(headersOf(message)).filter(([name]) => !VOLATILE_HEADERS.includes(name));
  const sorted = headers.sort(([one], [other]) => (one < other ? -1 : 1));
  const rest = [identityOf(message), contentType, correlationId, type, timestamp, sorted];
  const hash = createHash('sha256')
    .update(JSON.stringify(printableValue(rest)))
    .update('\0')
    .update(message.content);
  return hash.digest('hex').slice(0, 32);
}

function patternOf(message: ConsumeMessage): string | null {
  const { content, properties } = message;
  if (content.length <= MAX_READ_BYTES) {
    try {
      const envelope: unknown = JSON.parse(content.toString('utf8'));
      if (typeof envelope === 'object' && envelope !== null && 'pattern' in envelope) {
        return textOf(envelope.pattern, MAX_PATTERN);
      }
    } catch {
      return null;
    }
    return null;
  }
  return textOf(properties.type, MAX_PATTERN);
}

interface Death {
  reason?: unknown;
  time?: unknown;
}

/** What RabbitMQ writes where it moves a message itself, because it has ended its consumer too often. */
function lastDeathIn(headers: Record<string, unknown>): Death {
  const deaths = headers['x-death'];
  const death: unknown = Array.isArray(deaths) ? deaths[0] : undefined;
  return typeof death === 'object' && death !== null ? death : {};
}

function reasonIn(headers: Record<string, unknown>, death: Death): string {
  const known = [headers['x-dead-letter-reason'], death.reason].find(
    (reason) => letterReasonSchema.safeParse(reason).success,
  );
  return known === undefined ? 'unknown' : String(known);
}

const textOf = (value: unknown, max: number): string | null =>
  typeof value === 'string' ? printableText(value, max) : null;

/** An ISO 8601 text, or AMQP's seconds as amqplib gives them; null for what is no time. */
export function timeIn(value: unknown): string | null {
  const seconds = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
  const date =
    typeof seconds === 'number'
      ? new Date(seconds * 1000)
      : typeof seconds === 'string'
        ? new Date(seconds)
        : undefined;
  // Five digits of a year are no date-time of RFC 3339.
  if (!date || Number.isNaN(date.getTime()) || date.getTime() < 0 || date.getUTCFullYear() > 9999) return null;
  return date.toISOString();
}

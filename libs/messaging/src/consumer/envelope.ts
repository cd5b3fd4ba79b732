import { createHash } from 'node:crypto';
import { contractOf, type MessageContract, type Pattern, timeOfId } from '@holdfast/contracts';
import { type ConsumeMessage } from 'amqplib';
import { TRACEPARENT_HEADER } from '../headers.js';
import { MessageError } from './message.errors.js';
import { type MessageOrigin } from './message-context.js';

/** A message that is what its contract says. */
export interface ParsedMessage {
  pattern: Pattern;
  contract: MessageContract;
  data: unknown;
  /** Nest's request id, echoed in the reply. */
  requestId: string | undefined;
}

// Far above the largest message that the system makes (an order of 100 lines is about 20 kB), far below what would
// stall the event loop.
const MAX_BODY_BYTES = 1_000_000;

/**
 * Reads `{"pattern", "data", "id"?}` and holds `data` against the contract of its pattern.
 *
 * @throws MessageError when the message is malformed, of an unknown pattern or against its schema.
 */
export function parseMessage(content: Buffer): ParsedMessage {
  const envelope = parseEnvelope(content);
  const contract = contractOf(envelope.pattern);
  if (!contract) throw new MessageError('unknown-pattern', `there is no message "${clip(envelope.pattern)}"`);
  const result = contract.schema.safeParse(envelope.data);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${['data', ...issue.path].join('.')}: ${issue.message}`);
    throw new MessageError('invalid-message', problems.slice(0, 5).join('; '));
  }
  return { pattern: envelope.pattern as Pattern, contract, data: result.data, requestId: envelope.id };
}

function parseEnvelope(content: Buffer): { pattern: string; data: unknown; id: string | undefined } {
  if (content.length > MAX_BODY_BYTES) {
    throw new MessageError('malformed', `the body has ${content.length} bytes; at most ${MAX_BODY_BYTES} are read`);
  }
  let envelope: unknown;
  try {
    envelope = JSON.parse(content.toString('utf8'));
  } catch (cause) {
    throw new MessageError('malformed', 'the body is not JSON', { cause });
  }
  if (typeof envelope !== 'object' || envelope === null || !('pattern' in envelope)) {
    throw new MessageError('malformed', 'the body is not {"pattern": …, "data": …}');
  }
  const { pattern } = envelope;
  if (typeof pattern !== 'string') throw new MessageError('malformed', '"pattern" is not a string');
  const id = 'id' in envelope && typeof envelope.id === 'string' ? envelope.id : undefined;
  return { pattern, data: 'data' in envelope ? envelope.data : undefined, id };
}

/**
 * What makes two deliveries the same message: the `messageId` its publisher gave it. A message published by hand without
 * one is known by its content, so that a redelivery of it is not taken for a second order.
 */
export function identityOf(message: ConsumeMessage): string {
  const { messageId } = message.properties;
  return isShortString(messageId) ? messageId : `sha256-${createHash('sha256').update(message.content).digest('hex')}`;
}

/**
 * Where a message comes from, as far as it can be passed on: what is taken over here goes out again with every event that
 * the message causes, and one that cannot be encoded would hold up the relay for good.
 */
export function originOf(message: ConsumeMessage): MessageOrigin {
  const messageId = identityOf(message);
  const { correlationId, headers, timestamp } = message.properties;
  const traceparent: unknown = headers?.[TRACEPARENT_HEADER];
  return {
    messageId,
    correlationId: isShortString(correlationId) ? correlationId : messageId,
    traceparent: typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : undefined,
    // An id of ours says it to the millisecond, AMQP's timestamp to the second.
    occurredAt: timeOfId(messageId) ?? timeOfTimestamp(timestamp) ?? Date.now(),
  };
}

/** The last second of the year 9999: ISO 8601 as everybody reads it has four digits for the year. */
const MAX_TIMESTAMP_S = 253_402_300_799;

/** Unix milliseconds. Undefined where somebody has published milliseconds or worse, which would be no date any more. */
const timeOfTimestamp = (seconds: unknown): number | undefined =>
  typeof seconds === 'number' && seconds >= 0 && seconds <= MAX_TIMESTAMP_S ? Math.floor(seconds) * 1000 : undefined;

// W3C Trace Context, version 00 and what stays compatible with it.
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** AMQP's short strings have at most 255 bytes. Bytes that were no UTF-8 have become longer when they arrive here. */
const isShortString = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= 255;

const clip = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

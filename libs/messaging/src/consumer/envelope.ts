import { createHash } from 'node:crypto';
import { contractOf, type MessageContract, type Pattern } from '@holdfast/contracts';
import { type ConsumeMessage } from 'amqplib';
import { MessageError } from './message.errors.js';

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
  const id: unknown = message.properties.messageId;
  if (typeof id === 'string' && id.length > 0 && id.length <= 255) return id;
  return `sha256-${createHash('sha256').update(message.content).digest('hex')}`;
}

const clip = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

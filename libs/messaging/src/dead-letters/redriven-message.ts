import { type ConsumeMessage, type Options } from 'amqplib';
import { type OutgoingMessage } from '../broker/publisher.js';
import { identityOf } from '../consumer/envelope.js';
import { ATTEMPT_HEADER, REDRIVE_ACT_HEADER, REDRIVE_COUNT_HEADER } from '../headers.js';
import { headersOf, redriveCountOf } from './letter.js';

// Attempts are counted from the start again. CC and BCC would send copies to the queues that they name.
const DROPPED_HEADERS: readonly string[] = [ATTEMPT_HEADER, 'CC', 'BCC'];

// Why and where it died, ours and the broker's; the broker refuses to be told what it writes itself.
const DROPPED_PREFIXES: readonly string[] = [
  'x-dead-letter-',
  'x-death',
  'x-first-death-',
  'x-last-death-',
  'x-delivery-count',
  'x-acquired-count',
];

/**
 * A dead letter as it goes back to its queue: the message that it was, under its own id, with no attempt behind it. Whoever
 * asked for an answer waits no longer, so nobody is answered.
 *
 * @param actId the act that sends it, so that the same act does not send it again when it comes back dead.
 */
export function redrivenMessage(message: ConsumeMessage, queue: string, actId: string): OutgoingMessage {
  const kept = Object.entries(headersOf(message)).filter(([name]) => !isDropped(name));
  return addressed(message, queue, actId, Object.fromEntries(kept));
}

/** The same without the headers of the letter, for a letter whose headers cannot be written once more. */
export function redrivenWithoutHeaders(message: ConsumeMessage, queue: string, actId: string): OutgoingMessage {
  return addressed(message, queue, actId, { 'x-headers-dropped': true });
}

const isDropped = (name: string): boolean =>
  DROPPED_HEADERS.includes(name) || DROPPED_PREFIXES.some((prefix) => name.startsWith(prefix));

function addressed(message: ConsumeMessage, queue: string, actId: string, headers: object): OutgoingMessage {
  return {
    exchange: '',
    routingKey: queue,
    body: message.content,
    properties: {
      ...carriedProperties(message),
      messageId: identityOf(message),
      persistent: true,
      headers: { ...headers, [REDRIVE_COUNT_HEADER]: redriveCountOf(message) + 1, [REDRIVE_ACT_HEADER]: actId },
    },
  };
}

function carriedProperties({ properties }: ConsumeMessage): Options.Publish {
  const { contentType, correlationId, type, timestamp } = properties;
  return {
    ...(contentType !== undefined && { contentType }),
    ...(correlationId !== undefined && { correlationId }),
    ...(type !== undefined && { type }),
    ...(timestamp !== undefined && { timestamp }),
  };
}

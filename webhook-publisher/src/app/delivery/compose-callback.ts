import { type SigningKey, signaturesOf } from '../../domain/signature.js';
import { type LeasedDelivery } from '../ports.js';

export type CallbackContent = Pick<
  LeasedDelivery,
  'eventId' | 'type' | 'occurredAt' | 'subject' | 'data' | 'sequence' | 'previousEventId'
>;

/**
 * Body and headers of a callback, signed for this moment (Standard Webhooks).
 *
 * @param keys newest first; several while an old secret lives on.
 * @param now Unix milliseconds.
 */
export function composeCallback(
  content: CallbackContent,
  keys: readonly SigningKey[],
  now: number,
): { headers: Record<string, string>; body: string } {
  const { eventId } = content;
  const body = bodyOf(content);
  const timestamp = Math.floor(now / 1000);
  return {
    body,
    headers: {
      'webhook-id': eventId,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signaturesOf({ id: eventId, timestamp, body }, keys),
    },
  };
}

/** The stored data goes out as the text that it is: to parse and print it again would cost more than the signature. */
function bodyOf({ eventId, type, occurredAt, subject, data, sequence, previousEventId }: CallbackContent): string {
  const id = JSON.stringify(eventId);
  const timestamp = new Date(occurredAt).toISOString();
  const previous = JSON.stringify(previousEventId);
  return (
    `{"id":${id},"type":"${type}","timestamp":"${timestamp}","subject":${JSON.stringify(subject)},"data":${data},` +
    `"sequence":${sequence},"previousEventId":${previous}}`
  );
}

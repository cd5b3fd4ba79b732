import { beforeIdsOf, type Caller, type CreateWebhook, newId, type Reply } from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type AttemptOutcome } from '../src/app/ports.js';

export const shop: Caller = { role: 'client', clientId: 'shop' };
export const other: Caller = { role: 'client', clientId: 'other' };
export const operator: Caller = { role: 'operator', clientId: 'ops' };

export const aCreateWebhook = (given: Partial<CreateWebhook> = {}): CreateWebhook => ({
  caller: shop,
  url: 'https://shop.example.com/callbacks',
  eventTypes: ['order.*'],
  ...given,
});

export function valueIn<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(`refused: ${reply.error.code}: ${reply.error.detail}`);
  return reply.value;
}

export const codeIn = (reply: Reply<unknown>): string => (reply.ok ? 'accepted' : reply.error.code);

/** A UUIDv7 of a time; Unix milliseconds. */
export const idAt = (at: number): string => beforeIdsOf(at).slice(0, 13) + newId().slice(13);

export const anOrigin = (messageId = newId()): MessageOrigin => ({
  messageId,
  correlationId: messageId,
  traceparent: undefined,
  occurredAt: Date.now(),
});

export const answered = (status: number): AttemptOutcome => ({
  ...{ kind: 'answered', status, retryAfter: undefined, answer: 'thanks', at: Date.now(), durationMs: 3 },
});

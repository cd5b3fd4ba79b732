import { createHash } from 'node:crypto';
import {
  type DeadLetterAct,
  type DiscardLetters,
  type LetterAction,
  type RedriveLetters,
  type Reply,
  refused,
  repeated,
} from '@holdfast/contracts';

/** The idempotency key of a request for an act, and what tells whether another one with it asks for the same. */
export interface ActKey {
  text: string;
  fingerprint: string;
}

const REUSED = refused<never>('IDEMPOTENCY_KEY_REUSED', 'This key was used for an act that was to be another one.');
export const IN_USE = refused<never>(
  'IDEMPOTENCY_KEY_IN_USE',
  'The act that was asked for with this key is under way.',
);

/** Null where the request has none: it is one of its own then. */
export function actKeyOf(action: LetterAction, request: RedriveLetters | DiscardLetters): ActKey | null {
  const { idempotencyKey, letters, reason = null } = request;
  if (idempotencyKey === undefined) return null;
  const asked =
    'id' in letters
      ? [action, letters.id, reason]
      : [action, letters.where.reason, letters.where.pattern, letters.atMost, letters.maxPerSecond, reason];
  return { text: idempotencyKey, fingerprint: createHash('sha256').update(JSON.stringify(asked)).digest('base64url') };
}

/**
 * The answer that the request for an act got, from what the act is by now: one on all letters is answered when it has
 * begun, with what never changes of it; one on a single letter when it has ended, after which nothing of it changes.
 */
export function answerAgain(
  { act, fingerprint }: { act: DeadLetterAct; fingerprint: string },
  key: ActKey,
): Reply<DeadLetterAct> {
  if (fingerprint !== key.fingerprint) return REUSED;
  if (act.scope === 'all') return repeated({ ...act, done: 0, state: 'running', detail: null, endedAt: null });
  return act.state === 'running' ? IN_USE : repeated(act);
}

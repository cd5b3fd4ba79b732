import { done, problem } from '../shared/answer.ts';
import { type ChatOutcome } from './notify-chat.ts';

/**
 * What the publisher is answered, given what became of each chat's message. Anything but 2xx has it deliver again, to those
 * chats that did not get it yet. A chat that refuses is no reason to: no retry mends it, and the log has it.
 */
export function deliveryAnswer(outcomes: readonly ChatOutcome[]): Response {
  const pauses = outcomes.flatMap((each) => (each.outcome === 'paused' ? [each.retryAfterSeconds] : []));
  if (pauses.length > 0) return problem('RATE_LIMITED', undefined, { 'retry-after': String(Math.max(...pauses)) });
  if (outcomes.some(({ outcome }) => outcome === 'failed')) return problem('TELEGRAM_UNAVAILABLE');
  if (outcomes.some(({ outcome }) => outcome === 'unrecorded')) return problem('STORE_UNAVAILABLE');
  if (outcomes.some(({ outcome }) => outcome === 'taken')) return problem('DELIVERY_IN_PROGRESS');
  const count = (wanted: ChatOutcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  const [sent, refused] = [count('sent'), count('refused')];
  if (sent + refused === 0) return done({ status: 'repeat' });
  return done({ status: sent > 0 ? 'sent' : 'refused', sent, refused, repeated: count('repeat') });
}

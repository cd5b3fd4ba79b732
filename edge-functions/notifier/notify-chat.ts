import { type Log, messageOf } from '../shared/log.ts';
import { type Claims, type MessageKey } from './claims.ts';
import { type FormattedText } from './formatted-text.ts';
import { type MessageSender, type SendOutcome } from './message-sender.ts';

/** What became of one message of a delivery; `unrecorded`: the records could not be asked, so nothing was sent. */
export type ChatOutcome = SendOutcome | { outcome: 'repeat' } | { outcome: 'taken' } | { outcome: 'unrecorded' };

export interface NotifyChatOptions {
  claims: Claims;
  sender: MessageSender;
  log: Log;
}

/**
 * Tells one chat of one event, once. The message is claimed before it is sent and marked after. Telegram knows no idempotency
 * key, so a crash between sending and marking, and an answer of Telegram's that gets lost, send it a second time: the claim
 * makes that window as short as it can be.
 */
export async function notifyChat(
  key: MessageKey,
  message: FormattedText,
  { claims, sender, log }: NotifyChatOptions,
): Promise<ChatOutcome> {
  const claim = await claims.claim(key).catch((error: unknown) => {
    log.error('could not ask whether a message was sent', { ...key, error: messageOf(error) });
    return undefined;
  });
  if (claim === undefined) return { outcome: 'unrecorded' };
  if (claim.state !== 'claimed') return { outcome: claim.state === 'finished' ? 'repeat' : 'taken' };

  const sent = await sender.send(key.chat, message);
  report(log, key, sent);
  // What is sent stays sent though it could not be marked: answering with a failure would have it sent again for certain.
  const recording =
    sent.outcome === 'sent' || sent.outcome === 'refused'
      ? claims.finish(key, sent.outcome)
      : claims.release(key, claim.token);
  await recording.catch((error: unknown) => {
    log.error('could not record what became of a message', { ...key, ...sent, error: messageOf(error) });
  });
  return sent;
}

function report(log: Log, key: MessageKey, sent: SendOutcome): void {
  if (sent.outcome === 'sent') log.info('message sent', { ...key });
  else if (sent.outcome === 'paused') log.warn('Telegram asks for a pause', { ...key, ...sent });
  else if (sent.outcome === 'refused') log.error('Telegram refuses a message for good', { ...key, why: sent.why });
  else log.error('a message could not be sent', { ...key, why: sent.why });
}

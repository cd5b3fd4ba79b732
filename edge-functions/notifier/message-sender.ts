import { type FormattedText } from './formatted-text.ts';

/**
 * What became of a message. `refused`: never to be taken by this chat, so no other attempt mends it. `paused`: not now, but
 * after that many seconds. `failed`: nothing is known to have been sent.
 */
export type SendOutcome =
  | { outcome: 'sent' }
  | { outcome: 'refused'; why: string }
  | { outcome: 'paused'; retryAfterSeconds: number; why: string }
  | { outcome: 'failed'; why: string };

export interface MessageSender {
  /** Never throws. */
  send(chat: string, message: FormattedText): Promise<SendOutcome>;
}

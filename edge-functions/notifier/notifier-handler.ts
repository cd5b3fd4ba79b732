import { done } from '../shared/answer.ts';
import { type Log } from '../shared/log.ts';
import { type WebHandler } from '../shared/or-misconfigured.ts';
import { webhookHandler } from '../shared/webhook-handler.ts';
import { type Claims } from './claims.ts';
import { deliveryAnswer } from './delivery-answer.ts';
import { type Language, messageOf } from './message.ts';
import { type MessageSender } from './message-sender.ts';
import { notifyChat } from './notify-chat.ts';
import { chatsFor, type Recipient } from './recipients.ts';

export interface NotifierOptions {
  keys: readonly Uint8Array<ArrayBuffer>[];
  recipients: readonly Recipient[];
  language: Language;
  sender: MessageSender;
  claims: Claims;
  /** Unix milliseconds. */
  now: () => number;
  log: Log;
}

/** Tells people of the events that they care about; what it answers is in `deliveryAnswer`, 200 `"ignored"` for the others. */
export const notifierHandler = (options: NotifierOptions): WebHandler =>
  webhookHandler({
    ...options,
    handle: async (callback) => {
      const message = messageOf(callback, options.language);
      const chats = chatsFor(options.recipients, callback.type);
      if (message === undefined || chats.length === 0) return done({ status: 'ignored' });
      const notify = (chat: string) => notifyChat({ eventId: callback.id, chat }, message, options);
      return deliveryAnswer(await Promise.all(chats.map(notify)));
    },
  });

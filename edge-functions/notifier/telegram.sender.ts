import { type Log, messageOf } from '../shared/log.ts';
import { type FormattedText } from './formatted-text.ts';
import { type MessageSender, type SendOutcome } from './message-sender.ts';
import { readTelegramAnswer, type TelegramOutcome } from './telegram-answer.ts';

export interface TelegramOptions {
  /** `https://api.telegram.org`, or another server of the Bot API. */
  apiUrl: string;
  token: string;
  /** For everything about one message. */
  timeoutMs: number;
  log: Log;
}

/** Sends by the Bot API. The token is a part of its URLs, which errors quote: it is masked in everything that comes out. */
export class TelegramSender implements MessageSender {
  readonly #options: TelegramOptions;

  constructor(options: TelegramOptions) {
    this.#options = options;
  }

  async send(chat: string, message: FormattedText): Promise<SendOutcome> {
    const signal = AbortSignal.timeout(this.#options.timeoutMs);
    const answer = await this.#sendOnce(chat, message, signal);
    if (answer.outcome !== 'moved') return answer;

    this.#options.log.warn('a group has become a supergroup: put its new number into TELEGRAM_CHAT_ID', {
      chat,
      newChat: answer.chat,
    });
    const second = await this.#sendOnce(answer.chat, message, signal);
    return second.outcome === 'moved' ? { outcome: 'refused', why: 'the group has moved twice' } : second;
  }

  async #sendOnce(chat: string, message: FormattedText, signal: AbortSignal): Promise<TelegramOutcome> {
    const { apiUrl, token } = this.#options;
    try {
      const response = await fetch(`${apiUrl}/bot${token}/sendMessage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          chat_id: chat,
          text: message.markdown,
          parse_mode: 'MarkdownV2',
          link_preview_options: { is_disabled: true },
        }),
        redirect: 'error',
        signal,
      });
      return this.#masked(readTelegramAnswer(response.status, parseJson(await response.text())));
    } catch (error) {
      return this.#masked({ outcome: 'failed', why: messageOf(error) });
    }
  }

  #masked(outcome: TelegramOutcome): TelegramOutcome {
    return 'why' in outcome ? { ...outcome, why: outcome.why.replaceAll(this.#options.token, '<token>') } : outcome;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { type SendOutcome } from './message-sender.ts';

/** Or the chat goes on under another number. */
export type TelegramOutcome = SendOutcome | { outcome: 'moved'; chat: string };

// The pause that is asked for where Telegram's answer 429 does not say how long; a minute is its usual window.
const DEFAULT_PAUSE_SECONDS = 60;

interface Failure {
  description?: unknown;
  parameters?: { retry_after?: unknown; migrate_to_chat_id?: unknown };
}

/**
 * What an answer of the Bot API to sendMessage means (core.telegram.org/bots/api#making-requests and #responseparameters).
 *
 * @param body of the answer, parsed; anything else where it was not JSON.
 */
export function readTelegramAnswer(status: number, body: unknown): TelegramOutcome {
  const answer = typeof body === 'object' && body !== null ? body : {};
  if (status === 200 && 'ok' in answer && answer.ok === true) return { outcome: 'sent' };

  const { description, parameters } = answer as Failure;
  const why = `${status}${typeof description === 'string' ? ` ${description}` : ''}`;
  if (status === 429) {
    return { outcome: 'paused', retryAfterSeconds: secondsOf(parameters?.retry_after), why };
  }
  const newChat = parameters?.migrate_to_chat_id;
  if (status === 400 && Number.isSafeInteger(newChat)) return { outcome: 'moved', chat: String(newChat) };
  // 401 and 404 are about the token, 5xx about Telegram: the message is good and goes out once that is mended.
  return status === 400 || status === 403 ? { outcome: 'refused', why } : { outcome: 'failed', why };
}

const secondsOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.ceil(value) : DEFAULT_PAUSE_SECONDS;

import { type ConfigurationReader } from '../shared/configuration.ts';
import { isLanguage, type Language } from './message.ts';
import { parseRecipients, type Recipient } from './recipients.ts';

export interface NotifierConfig {
  language: Language;
  recipients: Recipient[];
  /** Undefined: messages are printed. */
  telegram: { token: string; apiUrl: string } | undefined;
}

// Where messages are printed and nobody is named, they still have somebody to be for.
const NOBODY: Recipient = { chat: 'nobody', group: 'all' };

/** Reads the variables that only the notifier has; what is wrong is noted with the reader. */
export function readNotifierConfig(reader: ConfigurationReader): NotifierConfig {
  const token = readToken(reader);
  const apiUrl = reader.httpUrl('TELEGRAM_API_URL', 'https://api.telegram.org');
  const recipients = readRecipients(reader);
  if (token !== undefined && recipients.length === 0) {
    reader.reject('TELEGRAM_BOT_TOKEN is set, so TELEGRAM_CHAT_ID must name the chats to send to');
  }
  return {
    language: readLanguage(reader),
    recipients: token === undefined && recipients.length === 0 ? [NOBODY] : recipients,
    telegram: token === undefined ? undefined : { token, apiUrl },
  };
}

function readToken(reader: ConfigurationReader): string | undefined {
  const token = reader.optional('TELEGRAM_BOT_TOKEN');
  // It becomes a part of a path.
  if (token !== undefined && !/^\d+:[A-Za-z0-9_-]+$/.test(token)) {
    reader.reject('TELEGRAM_BOT_TOKEN must look as @BotFather gives it, <number>:<letters>');
  }
  return token;
}

function readRecipients(reader: ConfigurationReader): Recipient[] {
  const parsed = parseRecipients(reader.optional('TELEGRAM_CHAT_ID') ?? '');
  if ('recipients' in parsed) return parsed.recipients;
  reader.reject(`TELEGRAM_CHAT_ID: ${parsed.problem}`);
  return [];
}

function readLanguage(reader: ConfigurationReader): Language {
  const language = reader.optional('NOTIFIER_LANGUAGE') ?? 'en';
  if (isLanguage(language)) return language;
  reader.reject('NOTIFIER_LANGUAGE must be en or es');
  return 'en';
}

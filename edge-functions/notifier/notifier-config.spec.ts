import { ConfigurationReader, type Environment } from '../shared/configuration.ts';
import { readNotifierConfig } from './notifier-config.ts';

const TOKEN = '123456:AAsecret-token';

function read(env: Environment) {
  const reader = new ConfigurationReader(env);
  return reader.finish(readNotifierConfig(reader));
}

describe('readNotifierConfig', () => {
  it('prints in English to nobody in particular where nothing is set', () => {
    const recipients = [{ chat: 'nobody', group: 'all' }];
    expect(read({ TELEGRAM_BOT_TOKEN: '' })).toEqual({ language: 'en', recipients, telegram: undefined });
  });

  it('reads all of it', () => {
    const env = {
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_CHAT_ID: 'stock=-1001',
      TELEGRAM_API_URL: 'http://127.0.0.1:8081/',
    };
    expect(read({ ...env, NOTIFIER_LANGUAGE: 'es' })).toEqual({
      language: 'es',
      recipients: [{ chat: '-1001', group: 'stock' }],
      telegram: { token: TOKEN, apiUrl: 'http://127.0.0.1:8081' },
    });
  });

  it('sends to the real Bot API unless told otherwise', () => {
    expect(read({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_CHAT_ID: '1' }).telegram?.apiUrl).toBe(
      'https://api.telegram.org',
    );
  });

  it.each<[Environment, string]>([
    [{ TELEGRAM_BOT_TOKEN: TOKEN }, 'TELEGRAM_CHAT_ID must name the chats'],
    [
      { TELEGRAM_BOT_TOKEN: 'secret/../x', TELEGRAM_CHAT_ID: '1' },
      'TELEGRAM_BOT_TOKEN must look as @BotFather gives it',
    ],
    [{ TELEGRAM_CHAT_ID: 'me' }, 'TELEGRAM_CHAT_ID: "me" is neither'],
    [{ TELEGRAM_API_URL: 'ftp://x' }, 'TELEGRAM_API_URL must be an http or https URL'],
    [{ NOTIFIER_LANGUAGE: 'fr' }, 'NOTIFIER_LANGUAGE must be en or es'],
  ])('refuses %j', (env, message) => {
    expect(() => read(env)).toThrow(message);
    expect(() => read(env)).not.toThrow('secret');
  });
});

import { callbackRows } from './callback-rows.js';
import { parts } from './parts.js';

const functions = parts.filter(({ subscriber }) => subscriber !== undefined);

const say = (environment: Record<string, string>, subscribed = functions): string =>
  callbackRows({ DATA_DIR: '/data', ...environment }, subscribed, 'http://127.0.0.1:3000')
    .map(([label, text]) => `${label}: ${text}`)
    .join('\n');

describe('what is said of callbacks', () => {
  it('is where the functions keep and print what they get', () => {
    expect(say({})).toMatch(/^Logger: stores every event in \/data\/logger\.db$/m);
    expect(say({})).toMatch(/^Notifier: prints .* because TELEGRAM_BOT_TOKEN is not set$/m);
  });

  it('is where else they keep and send it, with no secret', () => {
    const text = say({ SUPABASE_URL: 'https://x', TELEGRAM_BOT_TOKEN: '123:secret' });
    expect(text).toMatch(/^Logger: stores every event in Supabase$/m);
    expect(text).toMatch(/^Notifier: sends its messages to Telegram$/m);
    expect(text).not.toContain('secret');
  });

  it('is where callbacks may go', () => {
    expect(say({ WEBHOOK_ALLOW_HTTP: 'true', WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' })).toContain(
      'by http and https, also to 127.0.0.0/8',
    );
    expect(say({ WEBHOOK_ALLOW_HTTP: 'false' })).toMatch(/by https$/m);
  });

  it('leaves out a function that does not run', () => {
    expect(say({}, [])).not.toMatch(/Logger|Notifier/);
  });
});

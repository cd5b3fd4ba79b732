import { SECRET, secretOf } from '../test/callbacks.js';
import { ConfigurationReader, type Environment } from './configuration.ts';
import { readWebhookSecrets } from './webhook-secrets.ts';

function read(env: Environment) {
  const reader = new ConfigurationReader(env);
  return reader.finish(readWebhookSecrets(reader, 'LOGGER'));
}

describe('readWebhookSecrets', () => {
  it.each([' ', ',', ', ', '\n'])('reads several secrets, separated by "%s"', (separator) => {
    expect(read({ WEBHOOK_SECRET: [secretOf(1), secretOf(2)].join(separator) })).toHaveLength(2);
  });

  it("prefers the function's own variable", () => {
    const env = {
      WEBHOOK_SECRET: secretOf(1),
      LOGGER_WEBHOOK_SECRET: secretOf(2),
      NOTIFIER_WEBHOOK_SECRET: secretOf(3),
    };
    expect(read(env)).toEqual([new Uint8Array(32).fill(2)]);
  });

  it('says what to set where there is none', () => {
    expect(() => read({ WEBHOOK_SECRET: ' ' })).toThrow('set LOGGER_WEBHOOK_SECRET or WEBHOOK_SECRET');
  });

  it.each([
    ['no prefix', SECRET.slice('whsec_'.length)],
    ['no base64', 'whsec_%%%'],
    ['too few bytes', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['too many bytes', `whsec_${Buffer.alloc(65).toString('base64')}`],
  ])('refuses a secret with %s, without quoting it', (_name, secret) => {
    const attempt = () => read({ WEBHOOK_SECRET: `${SECRET} ${secret}` });
    expect(attempt).toThrow('WEBHOOK_SECRET must be whsec_ and base64 of 24 to 64 bytes');
    expect(attempt).not.toThrow(secret);
  });
});

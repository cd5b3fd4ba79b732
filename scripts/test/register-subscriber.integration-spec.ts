import { statSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDir } from '@holdfast/testing';
import { registerSubscriber } from '../src/subscribers/register-subscriber.js';
import { RegistrationFile } from '../src/subscribers/registration.file.js';
import { logger } from '../src/subscribers/subscriber.js';
import { WebhooksApi } from '../src/subscribers/webhooks-api.js';
import { WebhooksStandIn } from './webhooks.stand-in.js';

const URL_BEFORE = 'http://127.0.0.1:3004/';
const URL_NOW = 'http://127.0.0.1:4004/';

describe('registering a subscriber', () => {
  let gateway: WebhooksStandIn;
  let api: WebhooksApi;
  let path: string;
  beforeEach(async () => {
    gateway = new WebhooksStandIn();
    api = new WebhooksApi(await gateway.listen(), 'operator-secret');
    path = join(newDataDir(), 'logger.json');
  });
  afterEach(() => gateway.close());

  const register = (url = URL_BEFORE) => registerSubscriber(logger, url, api, new RegistrationFile(path));

  it('is done once, with the secret kept for its owner only', async () => {
    const first = await register();
    expect(first).toMatchObject({ isNew: true, webhook: { url: URL_BEFORE, enabled: true } });
    expect(await register()).toEqual({ ...first, isNew: false });
    expect(gateway.webhooks.size).toBe(1);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('moves the webhook when the URL is another', async () => {
    const first = await register();
    expect(await register(URL_NOW)).toMatchObject({ isNew: false, secret: first.secret, webhook: { url: URL_NOW } });
    expect([...gateway.webhooks.values()].map(({ url }) => url)).toEqual([URL_NOW]);
  });

  it('is done anew when the webhook is gone', async () => {
    const first = await register();
    gateway.webhooks.clear();
    const second = await register();
    expect(second.isNew).toBe(true);
    expect(second.secret).not.toBe(first.secret);
    expect([...gateway.webhooks.keys()]).toEqual([second.webhook.id]);
  });

  it('is done once where an answer was lost', async () => {
    gateway.losesAnswers = 1;
    const { webhook } = await register();
    expect([...gateway.webhooks.values()]).toEqual([webhook]);
  });

  it.each([URL_BEFORE, URL_NOW])(
    'is done once where no answer came, and the URL is %s at the next start',
    async (url) => {
      gateway.losesAnswers = Number.POSITIVE_INFINITY;
      await expect(register()).rejects.toThrow('POST /webhooks: no answer');
      gateway.losesAnswers = 0;
      const { webhook } = await register(url);
      expect([...gateway.webhooks.values()]).toEqual([webhook]);
      expect(webhook.url).toBe(url);
    },
  );
});

import { ConfigurationReader } from '../shared/configuration.ts';
import { StoreUnavailableError } from '../shared/store.errors.ts';
import { readWebhookSecrets } from '../shared/webhook-secrets.ts';
import { aCallback, SECRET, signedRequest } from '../test/callbacks.js';
import { silentLog } from '../test/silent-log.js';
import { type EventStore } from './event-store.ts';
import { loggerHandler } from './logger-handler.ts';

function aLogger(save: EventStore['save']) {
  const keys = readWebhookSecrets(new ConfigurationReader({ WEBHOOK_SECRET: SECRET }), 'LOGGER');
  return loggerHandler({ keys, store: { save }, now: Date.now, log: silentLog });
}

describe('loggerHandler', () => {
  it.each([
    [true, 'stored'],
    [false, 'repeat'],
  ])('of a store that says %s says %s', async (isNew, status) => {
    const response = await aLogger(async () => isNew)(signedRequest(aCallback('order.confirmed')));
    expect([response.status, await response.json()]).toEqual([200, { status }]);
  });

  it.each([
    [new StoreUnavailableError('disk full'), 503, 'STORE_UNAVAILABLE'],
    [new TypeError('a bug'), 500, 'INTERNAL'],
  ])('of "%s" makes %d', async (error, status, code) => {
    const response = await aLogger(() => Promise.reject(error))(signedRequest(aCallback('order.confirmed')));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });
});

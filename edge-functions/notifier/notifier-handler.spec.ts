import { ConfigurationReader } from '../shared/configuration.ts';
import { StoreUnavailableError } from '../shared/store.errors.ts';
import { readWebhookSecrets } from '../shared/webhook-secrets.ts';
import { aCallback, SECRET, signedRequest, type TestCallback } from '../test/callbacks.js';
import { silentLog } from '../test/silent-log.js';
import { CLAIM_MS, type Claims } from './claims.ts';
import { MemoryClaims } from './memory-claims.ts';
import { type SendOutcome } from './message-sender.ts';
import { notifierHandler } from './notifier-handler.ts';
import { type Recipient } from './recipients.ts';

const everything = (...chats: string[]): Recipient[] => chats.map((chat) => ({ chat, group: 'all' }));

interface Setup {
  recipients?: Recipient[];
  claims?: (now: () => number) => Claims;
  /** What Telegram does with a message to that chat; sent unless told otherwise. */
  send?: (chat: string) => Promise<SendOutcome> | SendOutcome;
}

function aNotifier({ recipients = everything('1'), claims, send = () => ({ outcome: 'sent' }) }: Setup = {}) {
  const attempts: string[] = [];
  let clock = Date.now();
  const now = () => clock;
  const handler = notifierHandler({
    keys: readWebhookSecrets(new ConfigurationReader({ WEBHOOK_SECRET: SECRET }), 'NOTIFIER'),
    recipients,
    language: 'en',
    claims: claims?.(now) ?? new MemoryClaims(now),
    now,
    log: silentLog,
    sender: {
      send: async (chat) => {
        attempts.push(chat);
        return send(chat);
      },
    },
  });
  const deliver = async (callback: TestCallback) => {
    const response = await handler(signedRequest(callback, { at: new Date(clock) }));
    return [response.status, await response.json()] as const;
  };
  const pass = (ms: number) => {
    clock += ms;
  };
  return { deliver, attempts, pass };
}

const sent = { status: 'sent', sent: 1, refused: 0, repeated: 0 };
const failed = { outcome: 'failed', why: '500' } as const;

describe('notifierHandler', () => {
  it('sends an event once, however often it comes', async () => {
    const { deliver, attempts } = aNotifier();
    const callback = aCallback('order.confirmed');
    expect(await deliver(callback)).toEqual([200, sent]);
    expect(await deliver(callback)).toEqual([200, { status: 'repeat' }]);
    expect(attempts).toEqual(['1']);
  });

  it('sends it again where it failed', async () => {
    let up = false;
    const { deliver, attempts } = aNotifier({ send: () => (up ? { outcome: 'sent' } : failed) });
    const callback = aCallback('order.confirmed');
    expect(await deliver(callback)).toEqual([503, expect.objectContaining({ code: 'TELEGRAM_UNAVAILABLE' })]);
    up = true;
    expect(await deliver(callback)).toEqual([200, sent]);
    expect(attempts).toEqual(['1', '1']);
  });

  it('sends on a retry only to those who did not get it', async () => {
    let up = false;
    const { deliver, attempts } = aNotifier({
      recipients: everything('1', '2', '3'),
      send: (chat) => {
        if (chat === '3') return { outcome: 'refused', why: '403' };
        return chat === '2' && !up ? failed : { outcome: 'sent' };
      },
    });
    const callback = aCallback('order.confirmed');
    expect((await deliver(callback))[0]).toBe(503);
    up = true;
    expect(await deliver(callback)).toEqual([200, { status: 'sent', sent: 1, refused: 0, repeated: 2 }]);
    expect(attempts).toEqual(['1', '2', '3', '2']);
  });

  it('does not send while another delivery of the same event sends, and takes over from one that crashed', async () => {
    let crash = true;
    const { deliver, attempts, pass } = aNotifier({
      send: () => (crash ? new Promise<never>(() => {}) : { outcome: 'sent' }),
    });
    const callback = aCallback('order.confirmed');
    void deliver(callback);
    // Both are verified side by side; the one that hangs has to be the first.
    while (attempts.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const inProgress = [409, expect.objectContaining({ code: 'DELIVERY_IN_PROGRESS' })];
    expect(await deliver(callback)).toEqual(inProgress);
    crash = false;
    pass(CLAIM_MS);
    expect(await deliver(callback)).toEqual(inProgress);
    pass(1);
    expect(await deliver(callback)).toEqual([200, sent]);
    expect(attempts).toEqual(['1', '1']);
  });

  it('sends nothing while it cannot tell what was sent', async () => {
    const fail = () => Promise.reject(new StoreUnavailableError('down'));
    const { deliver, attempts } = aNotifier({ claims: () => ({ claim: fail, finish: fail, release: fail }) });
    expect(await deliver(aCallback('order.confirmed'))).toEqual([
      503,
      expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
    ]);
    expect(attempts).toEqual([]);
  });

  it('takes what is sent for sent though it cannot be recorded', async () => {
    const fail = () => Promise.reject(new StoreUnavailableError('down'));
    const { deliver } = aNotifier({
      claims: () => ({ claim: async () => ({ state: 'claimed', token: 't' }), finish: fail, release: fail }),
    });
    expect(await deliver(aCallback('order.confirmed'))).toEqual([200, sent]);
  });

  it.each(['order.created', 'product.stockReserved', 'order.shipped'])('ignores %s', async (type) => {
    const { deliver, attempts } = aNotifier();
    expect(await deliver(aCallback(type))).toEqual([200, { status: 'ignored' }]);
    expect(attempts).toEqual([]);
  });

  it('tells each group of its events', async () => {
    const { deliver, attempts } = aNotifier({
      recipients: [
        { chat: '1', group: 'orders' },
        { chat: '2', group: 'stock' },
      ],
    });
    await deliver(aCallback('order.confirmed'));
    await deliver(aCallback('product.stockLow'));
    expect(await deliver(aCallback('webhook.test'))).toEqual([200, { status: 'ignored' }]);
    expect(attempts).toEqual(['1', '2']);
  });
});

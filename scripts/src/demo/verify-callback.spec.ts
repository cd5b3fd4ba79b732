import { Webhook } from 'standardwebhooks';
import { signatureFault } from './verify-callback.js';

const secretOf = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const SECRET = secretOf(1);
const BODY = '{"id":"event-1"}';
const AT = new Date('2026-01-05T09:00:00.000Z');
const NOW = AT.getTime() / 1000;

function signed(secret = SECRET, body = BODY) {
  return {
    'webhook-id': 'event-1',
    'webhook-timestamp': String(NOW),
    'webhook-signature': new Webhook(secret).sign('event-1', AT, body),
  };
}

describe('a callback', () => {
  it('is genuine when it is signed as the public library signs', () => {
    expect(signatureFault(signed(), BODY, SECRET, NOW)).toBeUndefined();
  });

  it('is genuine when one of several signatures holds', () => {
    const signature = `${signed(secretOf(2))['webhook-signature']} ${signed()['webhook-signature']}`;
    expect(signatureFault({ ...signed(), 'webhook-signature': signature }, BODY, SECRET, NOW)).toBeUndefined();
  });

  it.each<[string, Parameters<typeof signatureFault>]>([
    ['a changed body', [signed(), '{"id":"event-2"}', SECRET, NOW]],
    ['another secret', [signed(secretOf(2)), BODY, SECRET, NOW]],
    ['another id', [{ ...signed(), 'webhook-id': 'event-2' }, BODY, SECRET, NOW]],
    ['an old timestamp', [signed(), BODY, SECRET, NOW + 301]],
    ['a timestamp that is none', [{ ...signed(), 'webhook-timestamp': 'now' }, BODY, SECRET, NOW]],
    ['a signature of another version', [{ ...signed(), 'webhook-signature': 'v2,AAAA' }, BODY, SECRET, NOW]],
    ['no headers', [{}, BODY, SECRET, NOW]],
  ])('is refused with %s', (_name, callback) => {
    expect(signatureFault(...callback)).toBeDefined();
  });
});

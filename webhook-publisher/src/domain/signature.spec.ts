import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { newSecret, type SignedContent, signaturesOf, signingKeyOf } from './signature.js';

const content = (body: string): SignedContent => ({
  id: '0198c0de-0000-7000-8000-000000000001',
  timestamp: Math.floor(Date.now() / 1_000),
  body,
});

const headersOf = ({ id, timestamp }: SignedContent, signatures: string) => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': signatures,
});

const sign = (signed: SignedContent, ...secrets: string[]) => signaturesOf(signed, secrets.map(signingKeyOf));

describe.each([
  ['standardwebhooks', (secret: string) => new StandardWebhook(secret)],
  ['svix', (secret: string) => new SvixWebhook(secret)],
])('a subscriber that verifies with %s', (_library, verifierOf) => {
  it.each([
    ['plain', { id: 'a' }],
    ['unicode', { name: 'Taza azul – 蓝色的杯子 ☕', nul: '\u0000', accent: 'e\u0301', emoji: '👩‍👩‍👧' }],
    ['long', { text: 'x'.repeat(100_000) }],
  ])('accepts a %s body', (_kind, data) => {
    const secret = newSecret();
    const signed = content(JSON.stringify(data));
    expect(verifierOf(secret).verify(signed.body, headersOf(signed, sign(signed, secret)))).toEqual(data);
  });

  it('accepts either secret while one is rotated, and no third', () => {
    const [fresh, old, other] = [newSecret(), newSecret(), newSecret()];
    const signed = content('{"id":"a"}');
    const headers = headersOf(signed, sign(signed, fresh, old));
    expect(verifierOf(fresh).verify(signed.body, headers)).toEqual({ id: 'a' });
    expect(verifierOf(old).verify(signed.body, headers)).toEqual({ id: 'a' });
    expect(() => verifierOf(other).verify(signed.body, headers)).toThrow('No matching signature');
  });

  it.each<[string, Partial<SignedContent>]>([
    ['body', { body: '{"id":"b"}' }],
    ['id', { id: 'another' }],
    ['timestamp', { timestamp: Math.floor(Date.now() / 1_000) - 60 }],
  ])('refuses another %s', (_part, change) => {
    const secret = newSecret();
    const signed = content('{"id":"a"}');
    const forged = { ...signed, ...change };
    const headers = headersOf(forged, sign(signed, secret));
    expect(() => verifierOf(secret).verify(forged.body, headers)).toThrow('No matching signature');
  });
});

describe('signatures', () => {
  it('are those of the reference implementation', () => {
    const signed = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
    expect(sign(signed, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('stand in the order of their keys', () => {
    const [fresh, old] = [newSecret(), newSecret()];
    const signed = content('{}');
    expect(sign(signed, fresh, old)).toBe(`${sign(signed, fresh)} ${sign(signed, old)}`);
  });
});

describe('a secret', () => {
  it('is whsec_ and 32 bytes, another one each time', () => {
    expect(newSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newSecret()).not.toBe(newSecret());
  });

  it.each([
    ['no prefix', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    ['nothing behind the prefix', 'whsec_'],
    ['what is not base64', 'whsec_MfKQ9r8GKYqr-wjUPD8ILPZIo2LaLaSw'],
    ['a lost character', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS'],
  ])('with %s is refused, and not repeated in the error', (_what, secret) => {
    expect(() => signingKeyOf(secret)).toThrow('a webhook secret is whsec_ and base64');
  });

  it('does not show in what is logged of its key', () => {
    const secret = newSecret();
    expect(JSON.stringify(signingKeyOf(secret))).toBe('{}');
  });
});

import { SECRET, secretOf, signedHeaders } from '../test/callbacks.js';
import { ConfigurationReader } from './configuration.ts';
import { findSignatureFault } from './verify-signature.ts';
import { readWebhookSecrets } from './webhook-secrets.ts';

const BODY = '{"name":"Año 🏟"}';
const NOW = new Date('2026-01-05T09:30:00Z');

const keysOf = (...secrets: string[]) =>
  readWebhookSecrets(new ConfigurationReader({ WEBHOOK_SECRET: secrets.join(' ') }), 'LOGGER');

/** @param ageSeconds how long before it is looked at the callback was signed. */
function faultOf({
  headers = {},
  body = BODY,
  signedBy = [SECRET],
  verifiedBy = [SECRET],
  ageSeconds = 0,
}: {
  headers?: Record<string, string>;
  body?: string;
  signedBy?: string[];
  verifiedBy?: string[];
  ageSeconds?: number;
}) {
  const signed = signedHeaders('event-1', BODY, { secrets: signedBy, at: new Date(NOW.getTime() - ageSeconds * 1000) });
  return findSignatureFault({
    headers: new Headers({ ...signed, ...headers }),
    body: new TextEncoder().encode(body),
    keys: keysOf(...verifiedBy),
    nowSeconds: NOW.getTime() / 1000,
  });
}

describe('findSignatureFault', () => {
  it('takes what the public library signed', async () => expect(await faultOf({})).toBeUndefined());

  it('refuses a changed body, by one byte', async () => {
    expect(await faultOf({ body: BODY.replace('A', 'a') })).toBe('no signature matches');
  });

  it('refuses another key', async () => {
    expect(await faultOf({ signedBy: [secretOf(8)] })).toBe('no signature matches');
  });

  it.each([
    ['id', { 'webhook-id': 'event-2' }],
    ['timestamp', { 'webhook-timestamp': String(NOW.getTime() / 1000 + 1) }],
  ])('refuses another %s than the one that is signed', async (_name, headers) => {
    expect(await faultOf({ headers })).toBe('no signature matches');
  });

  it.each([
    [300, undefined],
    [301, 'the timestamp is too old'],
    [-300, undefined],
    [-301, 'the timestamp is too new'],
  ])('of a callback that is %d seconds old says %s', async (ageSeconds, fault) => {
    expect(await faultOf({ ageSeconds })).toBe(fault);
  });

  it('takes either secret while one takes over from the other, on either side', async () => {
    const [old, young] = [secretOf(1), secretOf(2)];
    expect(await faultOf({ signedBy: [old, young], verifiedBy: [young] })).toBeUndefined();
    expect(await faultOf({ signedBy: [old, young], verifiedBy: [old] })).toBeUndefined();
    expect(await faultOf({ signedBy: [young], verifiedBy: [old, young] })).toBeUndefined();
    expect(await faultOf({ signedBy: [old], verifiedBy: [young] })).toBe('no signature matches');
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('needs the header %s', async (name) => {
    expect(await faultOf({ headers: { [name]: '' } })).toBe('a webhook header is missing');
  });

  it.each(['soon', '1e9', '-5', '1'.repeat(13), ' '])('refuses the timestamp "%s"', async (timestamp) => {
    const fault = await faultOf({ headers: { 'webhook-timestamp': timestamp } });
    expect(['the timestamp is not a number', 'a webhook header is missing']).toContain(fault);
  });

  it.each(['v1', 'v1,', 'v1,%%%', `v1,${'A'.repeat(40)}`, `v2,${'A'.repeat(43)}=`, 'a b c'])(
    'refuses the signature "%s"',
    async (signature) => {
      expect(await faultOf({ headers: { 'webhook-signature': signature } })).toBe('no signature matches');
    },
  );

  it('passes over signatures of other versions', async () => {
    const { 'webhook-signature': ours } = signedHeaders('event-1', BODY, { at: NOW });
    const headers = { 'webhook-signature': `v1a,${'A'.repeat(86)}== v1,short ${ours}` };
    expect(await faultOf({ headers })).toBeUndefined();
  });
});

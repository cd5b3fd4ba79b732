import { requestFingerprint } from './request-fingerprint.js';

const request = {
  caller: { role: 'client' as const, clientId: 'shop' },
  webhookId: 'w-1',
  overlapSeconds: 60,
  idempotencyKey: 'k-1',
};
const fingerprint = requestFingerprint('rotate-secret', request);

describe('the fingerprint of a request', () => {
  it.each([
    ['the key', { ...request, idempotencyKey: 'k-2' }],
    ['the order of what is said', { overlapSeconds: 60, webhookId: 'w-1', caller: request.caller }],
    ['what is left out', { ...request, ifVersion: undefined }],
  ])('is the same whatever %s is', (_name, other) => {
    expect(requestFingerprint('rotate-secret', other)).toBe(fingerprint);
  });

  it.each([
    ['another webhook', { ...request, webhookId: 'w-2' }],
    ['another overlap', { ...request, overlapSeconds: 61 }],
    ['a condition', { ...request, ifVersion: 3 }],
    ['another kind of caller', { ...request, caller: { role: 'operator' as const, clientId: 'shop' } }],
  ])('is another with %s', (_name, other) => {
    expect(requestFingerprint('rotate-secret', other)).not.toBe(fingerprint);
  });

  it('is another for another operation', () => {
    expect(requestFingerprint('test', request)).not.toBe(fingerprint);
  });
});

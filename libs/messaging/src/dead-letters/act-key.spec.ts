import { type DeadLetterAct, type DiscardLetters } from '@holdfast/contracts';
import { actKeyOf, answerAgain } from './act-key.js';

const caller = { role: 'operator' as const, clientId: 'ops' };
const id = '6f1d0c5b9a7e48320b1c4d5e6f708192';
const one: DiscardLetters = { caller, letters: { id }, reason: 'ours', idempotencyKey: 'k-1' };
const all: DiscardLetters = { ...one, letters: { where: { reason: 'malformed' }, atMost: 5, maxPerSecond: 1 } };

const keyOf = (request: DiscardLetters, action: 'redrive' | 'discard' = 'discard') => {
  const key = actKeyOf(action, request);
  if (!key) throw new Error('it has none');
  return key;
};

const act: DeadLetterAct = {
  ...{ id: 'a-1', queue: 'orders_queue', action: 'discard', scope: 'all', where: {}, by: 'ops', reason: 'ours' },
  ...{ planned: 7, done: 5, maxPerSecond: 50, state: 'stopped', detail: 'the service was stopped' },
  ...{ begunAt: '2026-01-05T10:08:50.000Z', endedAt: '2026-01-05T10:08:51.000Z' },
};

describe('the key of an act', () => {
  it('is none without one', () => {
    expect(actKeyOf('redrive', { caller, letters: { id } })).toBeNull();
  });

  it.each<[string, DiscardLetters, DiscardLetters]>([
    ['another letter', one, { ...one, letters: { id: id.replace('6', '7') } }],
    ['another reason', one, { ...one, reason: 'theirs' }],
    ['all instead of one', one, all],
    ['another filter', all, { ...all, letters: { where: { pattern: 'malformed' }, atMost: 5, maxPerSecond: 1 } }],
    ['another number', all, { ...all, letters: { where: { reason: 'malformed' }, atMost: 6, maxPerSecond: 1 } }],
    ['another rate', all, { ...all, letters: { where: { reason: 'malformed' }, atMost: 5 } }],
  ])('tells %s', (_name, request, other) => {
    expect(keyOf(other).fingerprint).not.toBe(keyOf(request).fingerprint);
  });

  it('tells the actions apart, and no other key', () => {
    expect(keyOf(one, 'redrive').fingerprint).not.toBe(keyOf(one).fingerprint);
    expect(keyOf({ ...one, idempotencyKey: 'k-2' }).fingerprint).toBe(keyOf(one).fingerprint);
  });
});

describe('the answer to a repeat', () => {
  const again = (given: Partial<DeadLetterAct>, request = all) =>
    answerAgain({ act: { ...act, ...given }, fingerprint: keyOf(all).fingerprint }, keyOf(request));

  it('is of an act on all letters what it was when it had begun', () => {
    const begun = { ...act, done: 0, state: 'running', detail: null, endedAt: null };
    expect(JSON.stringify(again({}))).toBe(JSON.stringify({ ok: true, value: begun, replayed: true }));
  });

  it('is of an act on one letter what it was when it had ended', () => {
    expect(again({ scope: 'one', state: 'done' })).toMatchObject({ ok: true, value: { done: 5, state: 'done' } });
    expect(again({ scope: 'one', state: 'running' })).toMatchObject({ error: { code: 'IDEMPOTENCY_KEY_IN_USE' } });
  });

  it('is a refusal where another act was asked for', () => {
    expect(again({}, one)).toMatchObject({ error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });
});

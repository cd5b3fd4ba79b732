import { newId } from '@holdfast/contracts';
import { type Subscription } from './subscription.js';
import { changesAsked, disabling, enabling, endsWaiting } from './subscription-changes.js';

const aSubscription = (given: Partial<Subscription> = {}): Subscription => ({
  ...{ id: newId(), clientId: 'shop', role: 'client', url: 'https://a.example.com/', description: 'Orders' },
  ...{ eventTypes: ['order.*'], ordering: 'per-subject', maxPerSecond: 5, enabled: true, disabledReason: null },
  ...{ failingSince: null, heldUntil: null, createdAt: 1, updatedAt: 1, version: 1 },
  ...given,
});

const gone = aSubscription({ enabled: false, disabledReason: 'GONE', failingSince: 7, heldUntil: 9 });

describe('what an owner changes', () => {
  it('is what is said and was not so', () => {
    const wish = { description: 'Orders', ordering: 'none' as const, maxPerSecond: null, url: undefined };
    expect(changesAsked(aSubscription(), wish)).toEqual({ ordering: 'none', maxPerSecond: null });
  });

  it.each([
    ['nothing', {}],
    ['what is so already', { url: 'https://a.example.com/', eventTypes: ['order.*' as const], enabled: true }],
    ['a filter twice', { eventTypes: ['order.*' as const, 'order.*' as const] }],
  ])('is nothing where it says %s', (_name, wish) => {
    expect(changesAsked(aSubscription(), wish)).toEqual({});
  });

  it('with a new URL forgets what the old one did', () => {
    const url = 'https://b.example.com/';
    expect(changesAsked(aSubscription(), { url })).toEqual({ url });
    expect(changesAsked(aSubscription({ failingSince: 7 }), { url })).toEqual({ url, failingSince: null });
    expect(changesAsked(gone, { url })).toEqual({ url, failingSince: null, heldUntil: null });
  });

  it('enables and disables as the calls of these names do', () => {
    expect(changesAsked(gone, { enabled: true })).toEqual(enabling(gone));
    expect(changesAsked(aSubscription(), { enabled: false })).toEqual(disabling(aSubscription()));
  });
});

describe('enabling', () => {
  it('forgets why it was disabled, that it failed and that it was held', () => {
    expect(enabling(gone)).toEqual({ enabled: true, disabledReason: null, failingSince: null, heldUntil: null });
  });

  it('changes nothing of one that is enabled and well', () => {
    expect(enabling(aSubscription())).toEqual({});
  });
});

describe('disabling', () => {
  it('says that it was asked for', () => {
    expect(disabling(aSubscription())).toEqual({ enabled: false, disabledReason: 'REQUESTED' });
  });

  it('changes nothing of one that is disabled', () => {
    expect(disabling(gone)).toEqual({});
  });
});

describe('changes end a time of waiting', () => {
  it.each([
    ['when it is enabled', enabling(aSubscription({ enabled: false, disabledReason: 'REQUESTED' })), true],
    ['when a hold is lifted', enabling(aSubscription({ heldUntil: 9 })), true],
    [
      'when a failing endpoint moves',
      changesAsked(aSubscription({ failingSince: 7 }), { url: 'https://b.test/' }),
      true,
    ],
    ['not when a healthy one moves', changesAsked(aSubscription(), { url: 'https://b.test/' }), false],
    ['not when it is disabled', disabling(aSubscription()), false],
    ['not when nothing changes', {}, false],
  ])('%s', (_name, changes, ends) => {
    expect(endsWaiting(changes)).toBe(ends);
  });
});

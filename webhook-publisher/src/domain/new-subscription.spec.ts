import { type CreateWebhook, newId, webhookEventTypes, webhookViewSchema } from '@holdfast/contracts';
import { deniedTypes, fingerprintOf, newSubscription } from './new-subscription.js';
import { receives, viewOf } from './subscription.js';

const now = Date.UTC(2026, 0, 5);

const aRequest = (given: Partial<CreateWebhook> = {}): CreateWebhook => ({
  caller: { role: 'client', clientId: 'shop' },
  url: 'https://shop.example.com/callbacks',
  eventTypes: ['order.*'],
  ...given,
});

const subscribed = (given: Partial<CreateWebhook> = {}) => newSubscription(aRequest(given), newId(), now);

describe('a new subscription', () => {
  it('takes the id of its request and is what the contract says', () => {
    const id = newId();
    const view = viewOf(newSubscription(aRequest(), id, now));
    expect(webhookViewSchema.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      ...{ id, clientId: 'shop', description: '', enabled: true, disabledReason: null },
      ...{ ordering: 'per-subject', maxPerSecond: null, version: 1, createdAt: '2026-01-05T00:00:00.000Z' },
    });
  });

  it('names each filter once', () => {
    const { eventTypes } = subscribed({ eventTypes: ['order.*', 'order.created', 'order.*', 'order.created'] });
    expect(eventTypes).toEqual(['order.*', 'order.created']);
  });

  it('says that it was not wanted enabled', () => {
    expect(subscribed({ enabled: false })).toMatchObject({ enabled: false, disabledReason: 'REQUESTED' });
  });

  it('shows nothing of what is stored beside it', () => {
    const stored = { ...subscribed(), secret: 'sealed', previousSecret: 'sealed' };
    expect(Object.keys(viewOf(stored)).sort()).toEqual(Object.keys(webhookViewSchema.shape).sort());
  });
});

describe('the fingerprint of a request', () => {
  it.each<[string, Partial<CreateWebhook>]>([
    ['another URL', { url: 'https://shop.example.com/other' }],
    ['other event types', { eventTypes: ['order.created'] }],
    ['a description', { description: 'Orders' }],
    ['disabled', { enabled: false }],
    ['another ordering', { ordering: 'none' }],
    ['a rate', { maxPerSecond: 5 }],
    ['another role', { caller: { role: 'operator', clientId: 'shop' } }],
  ])('changes with %s', (_name, other) => {
    expect(fingerprintOf(subscribed(other))).not.toBe(fingerprintOf(subscribed()));
  });

  it.each<[string, Partial<CreateWebhook>]>([
    ['its id', {}],
    ['a key', { idempotencyKey: 'k' }],
    ['defaults that are said', { enabled: true, description: '', ordering: 'per-subject', maxPerSecond: null }],
    ['a filter named twice', { eventTypes: ['order.*', 'order.*'] }],
  ])('does not change with %s', (_name, other) => {
    expect(fingerprintOf(subscribed(other))).toBe(fingerprintOf(subscribed()));
  });
});

describe('event types that a subscription names', () => {
  it('are denied exactly where no event of theirs could ever reach a client', () => {
    for (const type of webhookEventTypes) {
      const subscription = subscribed({ eventTypes: [type] });
      const aboutNoClient = type === 'product.stockAdjusted' || type === 'product.stockLow';
      expect(deniedTypes(subscription)).toEqual(aboutNoClient ? [type] : []);
      expect(receives(subscription, type, aboutNoClient ? null : 'shop')).toBe(!aboutNoClient);
    }
  });

  it('are not denied to operators, nor in a group', () => {
    const operator = { role: 'operator' as const, clientId: 'ops' };
    expect(deniedTypes(subscribed({ caller: operator, eventTypes: ['product.stockLow'] }))).toEqual([]);
    expect(deniedTypes(subscribed({ eventTypes: ['*', 'product.*'] }))).toEqual([]);
  });
});

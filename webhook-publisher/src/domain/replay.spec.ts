import { isReplayed } from './replay.js';

describe('a replay sends again', () => {
  const all = { eventTypes: ['*' as const], onlyMissing: false };

  it.each([
    ['delivered', true, false],
    ['dead', true, true],
    ['pending', false, false],
    ['waiting', false, false],
    ['failed', false, false],
  ])('what is %s: %s, with onlyMissing: %s', (status, replayed, missing) => {
    expect(isReplayed({ eventType: 'order.created', status }, all)).toBe(replayed);
    expect(isReplayed({ eventType: 'order.created', status }, { ...all, onlyMissing: true })).toBe(missing);
  });

  it.each([
    ['order.created', ['order.*'], true],
    ['order.created', ['product.*', 'order.created'], true],
    ['order.created', ['order.confirmed', 'product.*'], false],
    ['webhook.disabled', ['webhook.*'], true],
    ['webhook.test', ['webhook.*'], false],
    ['webhook.test', ['webhook.test'], false],
    ['webhook.test', ['*'], false],
  ] as const)('%s where %j is asked for: %s', (eventType, eventTypes, replayed) => {
    expect(isReplayed({ eventType, status: 'dead' }, { eventTypes, onlyMissing: false })).toBe(replayed);
  });
});

import { newId } from './ids.js';
import {
  deliveryRefSchema,
  deliveryViewSchema,
  listDeliveriesSchema,
  listWebhooksSchema,
  MAX_OVERLAP_S,
  replayWebhookSchema,
  rotateSecretSchema,
  webhookRefSchema,
} from './webhooks.js';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

const caller = { role: 'client', clientId: 'shop' };
const ref = { caller, webhookId: newId() };

/** What no number of ours is, as JSON texts: 1e309 is a number there, and Infinity once it is parsed. */
const notCounts = ['1.5', '-1', '1e309', '-1e309', '9007199254740993', '"1"', '[1]', 'true', '{"valueOf":1}'];

describe('webhooks.rotateSecret', () => {
  it.each<[unknown, boolean]>([
    [undefined, true],
    [0, true],
    [MAX_OVERLAP_S, true],
    [MAX_OVERLAP_S + 1, false],
    [null, false],
  ])('with an overlap of %j: %s', (overlapSeconds, is) => {
    expect(accepts(rotateSecretSchema, { ...ref, overlapSeconds })).toBe(is);
  });

  it.each(notCounts)('takes no overlap of %s', (json) => {
    expect(accepts(rotateSecretSchema, { ...ref, overlapSeconds: JSON.parse(json) })).toBe(false);
  });
});

describe('webhooks.replay', () => {
  const command = { ...ref, from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00.000Z' };

  it.each<[string, unknown, boolean]>([
    ['a range', command, true],
    ['everything', { ...command, eventTypes: ['order.*'], onlyMissing: true, dryRun: true }, true],
    ['no end', { ...command, to: undefined }, false],
    ['a day', { ...command, from: '2026-01-05' }, false],
    ['the 30th of February', { ...command, from: '2026-02-30T00:00:00Z' }, false],
    ['a local time', { ...command, from: '2026-01-05T00:00:00+01:00' }, false],
    ['a time with a line break', { ...command, from: '2026-01-05T00:00:00Z\n' }, false],
    ['seconds', { ...command, from: 1_767_571_200 }, false],
    ['a dry run as a text', { ...command, dryRun: 'true' }, false],
    ['an empty list of filters', { ...command, eventTypes: [] }, false],
    ['an unknown filter', { ...command, eventTypes: ['order.paid'] }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(replayWebhookSchema, value)).toBe(is);
  });
});

describe('a page of webhooks or deliveries', () => {
  const page = { caller, webhookId: newId(), limit: 100 };

  it.each<[string, unknown, boolean]>([
    ['the first', page, true],
    ['the next', { ...page, cursor: 'c'.repeat(200) }, true],
    ['an empty cursor', { ...page, cursor: '' }, false],
    ['a cursor far too long', { ...page, cursor: 'c'.repeat(201) }, false],
    ['nothing of it', { ...page, limit: 0 }, false],
    ['too much of it', { ...page, limit: 101 }, false],
    ['no limit', { ...page, limit: undefined }, false],
    ['nobody', { ...page, caller: undefined }, false],
  ])('may be %s: %j -> %s', (_name, value, is) => {
    expect(accepts(listWebhooksSchema, value)).toBe(is);
    expect(accepts(listDeliveriesSchema, value)).toBe(is);
  });

  it.each(notCounts)('is not %s long', (json) => {
    expect(accepts(listWebhooksSchema, { ...page, limit: JSON.parse(json) })).toBe(false);
    expect(accepts(listDeliveriesSchema, { ...page, limit: JSON.parse(json) })).toBe(false);
  });

  it.each<[string, unknown, boolean]>([
    ['all filters', { status: 'dead', eventType: 'order.created', from: '2026-01-05T00:00:00Z' }, true],
    ['a status that is none', { status: 'DEAD' }, false],
    ['two statuses', { status: ['dead', 'failed'] }, false],
    ['a group where a type is meant', { eventType: 'order.*' }, false],
    ['an unknown type', { eventType: '__proto__' }, false],
    ['a day', { from: '2026-01-05' }, false],
  ])('of deliveries has %s: %j -> %s', (_name, filters, is) => {
    expect(accepts(listDeliveriesSchema, { ...page, ...(filters as object) })).toBe(is);
  });
});

describe('what names one webhook or delivery', () => {
  it.each<[unknown, boolean]>([
    [newId(), true],
    ['w-1', false],
    [`${newId()}\n`, false],
    ['__proto__', false],
    ['../webhooks', false],
    [7, false],
    [null, false],
    [undefined, false],
  ])('%j does: %s', (id, is) => {
    expect(accepts(webhookRefSchema, { caller, webhookId: id })).toBe(is);
    expect(accepts(deliveryRefSchema, { caller, deliveryId: id })).toBe(is);
  });

  it('is nothing without the one who asks', () => {
    expect(accepts(webhookRefSchema, { webhookId: newId() })).toBe(false);
    expect(accepts(deliveryRefSchema, { deliveryId: newId() })).toBe(false);
  });
});

describe('a delivery', () => {
  const delivery = {
    id: newId(),
    webhookId: newId(),
    eventId: newId(),
    eventType: 'order.created',
    subject: `order/${newId()}`,
    sequence: 1,
    previousEventId: null,
    status: 'pending',
    attemptCount: 0,
    nextAttemptAt: '2026-01-05T09:30:00.000Z',
    createdAt: '2026-01-05T09:30:00.000Z',
    finishedAt: null,
  };

  it.each<[string, unknown, boolean]>([
    ['before its first attempt', delivery, true],
    ['the second of its subject', { ...delivery, sequence: 2, previousEventId: newId() }, true],
    ['sequence 0', { ...delivery, sequence: 0 }, false],
    ['attempts below 0', { ...delivery, attemptCount: -1 }, false],
    ['an unknown status', { ...delivery, status: 'lost' }, false],
    ['an unknown type', { ...delivery, eventType: 'order.paid' }, false],
  ])('is shown %s: %j -> %s', (_name, value, is) => {
    expect(accepts(deliveryViewSchema, value)).toBe(is);
  });
});

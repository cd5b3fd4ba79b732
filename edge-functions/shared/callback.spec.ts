import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  callbackSchema,
  type OrderCancelled,
  type OrderConfirmed,
  type OrderCreated,
  type OrderRejected,
  type StockAdjusted,
  type StockLow,
  type StockReleased,
  type WebhookDisabled,
  type WebhookTest,
  webhookEvents,
  webhookEventTypes,
} from '@holdfast/contracts';
import { aCallback, sampleData } from '../test/callbacks.js';
import { isOfType, parseCallback } from './callback.ts';
import { type EventData, type EventType, eventData, isEventType } from './event-data.ts';

const problemsOf = (body: unknown): string[] => {
  const parsed = parseCallback(body);
  return 'problems' in parsed ? parsed.problems : [];
};

// Compiles only while what the contracts promise has everything that a function reads.
type Promised = {
  'order.created': OrderCreated;
  'order.confirmed': OrderConfirmed;
  'order.rejected': OrderRejected;
  'order.cancelled': OrderCancelled;
  'product.stockReleased': StockReleased;
  'product.stockAdjusted': StockAdjusted;
  'product.stockLow': StockLow;
  'webhook.disabled': WebhookDisabled;
  'webhook.test': WebhookTest;
};
type Fits = { [T in keyof Promised]: Promised[T] extends EventData<T> ? true : T };
const fits: { [T in keyof Promised]: true } = {} as Fits;

const examplesDir = join(__dirname, '..', '..', 'libs', 'contracts', 'examples', 'callbacks');
const examples = readdirSync(examplesDir).map((file) => ({
  file,
  body: JSON.parse(readFileSync(join(examplesDir, file), 'utf8')),
}));

describe('the events that a function knows', () => {
  it('are those of the contracts', () => {
    expect(Object.keys(eventData).sort()).toEqual([...webhookEventTypes].sort());
    expect(fits).toBeDefined();
  });

  it.each(examples)('take the callback of the contracts, $file', ({ body }) => {
    expect(isEventType(body.type)).toBe(true);
    expect(problemsOf(body)).toEqual([]);
  });

  it.each(webhookEventTypes)('take %s as the contracts have it', (type) => {
    const data = webhookEvents[type].parse(sampleData[type]);
    expect(problemsOf(callbackSchema.parse({ ...aCallback(type), data }))).toEqual([]);
  });
});

describe('parseCallback', () => {
  it('takes a type that it does not know, whatever its data', () => {
    expect(problemsOf(aCallback('order.shipped', { carrier: 'x' }))).toEqual([]);
  });

  it('takes fields that it does not know', () => {
    expect(problemsOf({ ...aCallback('order.created', { colour: 'blue' }), region: 'eu' })).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['no object', [], 'the body must be an object'],
    ['null', null, 'the body must be an object'],
    ['no id', { ...aCallback('order.created'), id: '' }, 'id must be an id'],
    [
      'a type that is none',
      { ...aCallback('order.created'), type: 'x' },
      'type must be a type such as order.confirmed',
    ],
    ['an inherited type', { ...aCallback('order.created'), type: 'constructor' }, 'type must be a type'],
    ['a time without a zone', { ...aCallback('order.created'), timestamp: '2026-01-05T09:30:00' }, 'timestamp must be'],
    ['a day that is none', { ...aCallback('order.created'), timestamp: '2026-13-05T09:30:00Z' }, 'timestamp must be'],
    ['sequence 0', { ...aCallback('order.created'), sequence: 0 }, 'sequence must be a whole number from 1'],
    ['data that is a list', { ...aCallback('order.created'), data: [] }, 'data must be an object'],
    ['no order', aCallback('order.confirmed', { orderId: undefined }), 'data.orderId must be an id'],
    [
      'half a cent',
      aCallback('order.confirmed', { total: { amount: 0.5, currency: 'EUR' } }),
      'data.total.amount must be',
    ],
    [
      'a currency in words',
      aCallback('order.confirmed', { total: { amount: 1, currency: 'euro' } }),
      'data.total.currency',
    ],
    [
      'a line of nothing',
      aCallback('order.created', { items: [{ productId: 'a' }] }),
      'data.items[0].quantity must be',
    ],
    ['no reference at all', aCallback('order.created', { reference: undefined }), 'data.reference must be a text'],
  ])('refuses %s', (_name, body, problem) => {
    expect(problemsOf(body).join('; ')).toContain(problem);
  });

  it('knows a callback by its type', () => {
    const parsed = parseCallback(aCallback('product.stockLow'));
    const known: EventType[] = [];
    for (const type of webhookEventTypes) if ('callback' in parsed && isOfType(parsed.callback, type)) known.push(type);
    expect(known).toEqual(['product.stockLow']);
  });
});

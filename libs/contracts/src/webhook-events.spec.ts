import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from './ids.js';
import { messages, type Pattern } from './messages.js';
import {
  callbackSchema,
  type WebhookEventType,
  webhookDisabledSchema,
  webhookEvents,
  webhookEventTypes,
  webhookTestSchema,
} from './webhook-events.js';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

const callback = {
  id: newId(),
  type: 'order.created',
  timestamp: '2026-01-05T09:30:00.000Z',
  subject: `order/${newId()}`,
  data: {},
  sequence: 1,
  previousEventId: null,
};

describe('the body of a callback', () => {
  it.each<[string, unknown, boolean]>([
    ['the first of its subject', callback, true],
    ['a later one', { ...callback, sequence: 9_007_199_254_740_991, previousEventId: newId() }, true],
    ['sequence 0', { ...callback, sequence: 0 }, false],
    ['sequence -0', { ...callback, sequence: -0 }, false],
    ['half a sequence', { ...callback, sequence: 1.5 }, false],
    ['a sequence beyond numbers', { ...callback, sequence: JSON.parse('1e309') }, false],
    ['a sequence as a text', { ...callback, sequence: '1' }, false],
    ['no previous event, where null is meant', { ...callback, previousEventId: undefined }, false],
    ['an unknown type', { ...callback, type: 'order.paid' }, false],
    ['a type that every object has', { ...callback, type: '__proto__' }, false],
    ['a group', { ...callback, type: 'order.*' }, false],
    ['a local time', { ...callback, timestamp: '2026-01-05T10:30:00+01:00' }, false],
    ['no data', { ...callback, data: undefined }, false],
    ['a list as data', { ...callback, data: [] }, false],
    ['null as data', { ...callback, data: null }, false],
    ['no id', { ...callback, id: undefined }, false],
    ['a list', [callback], false],
    ['null', null, false],
  ])('may have %s: %j -> %s', (_name, value, is) => {
    expect(accepts(callbackSchema, value)).toBe(is);
  });
});

describe('webhook.disabled', () => {
  const event = {
    webhookId: newId(),
    clientId: 'shop',
    host: 'shop.example.com',
    reason: 'GONE',
    detail: 'The endpoint answered 410.',
    disabledAt: '2026-01-07T12:00:00.000Z',
  };

  it.each<[string, unknown, boolean]>([
    ['an endpoint that is gone', event, true],
    ['an endpoint that fails', { ...event, reason: 'FAILING' }, true],
    ['what the owner asked for, which is no news to the owner', { ...event, reason: 'REQUESTED' }, false],
    ['no reason', { ...event, reason: null }, false],
    ['a client with a colon', { ...event, clientId: 'shop:other' }, false],
    ['a webhook id that is none', { ...event, webhookId: 'w-1' }, false],
    ['a day', { ...event, disabledAt: '2026-01-07' }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(webhookDisabledSchema, value)).toBe(is);
  });
});

describe('webhook.test', () => {
  const event = { webhookId: newId(), clientId: 'shop', message: 'This is a test.' };

  it.each<[string, unknown, boolean]>([
    ['a test', event, true],
    ['no message', { ...event, message: undefined }, false],
    ['no client', { ...event, clientId: '' }, false],
    ['a webhook id that is none', { ...event, webhookId: 7 }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(webhookTestSchema, value)).toBe(is);
  });
});

describe('the events that a subscriber may ask for', () => {
  const events = Object.entries(messages).filter(([, { kind }]) => kind === 'event');

  it('are all events of RabbitMQ, and the test', () => {
    expect([...webhookEventTypes].sort()).toEqual([...events.map(([pattern]) => pattern), 'webhook.test'].sort());
  });

  it.each(events)('include %s with the schema that it has there', (pattern, { schema }) => {
    expect(webhookEvents[pattern as WebhookEventType]).toBe(schema);
  });
});

const examples = join(__dirname, '..', 'examples');
const bodies = readdirSync(join(examples, 'callbacks')).map((file) => file.replace(/\.json$/, ''));

const read = (name: string): unknown => JSON.parse(readFileSync(join(examples, `${name}.json`), 'utf8'));

/** `<type>.json`, or `<type>.<variant>.json` where one event can say different things. */
const typeOf = (name: string): WebhookEventType | undefined =>
  webhookEventTypes.find((type) => name === type || name.startsWith(`${type}.`));

describe('the examples of callbacks', () => {
  it.each(webhookEventTypes)('show %s', (type) => {
    expect(bodies).toContain(type);
  });

  it.each(bodies)('show %s as it is sent', (name) => {
    const body = read(join('callbacks', name));
    const { type, data, subject } = callbackSchema.parse(body);
    expect(type).toBe(typeOf(name));
    // Equal, not only valid: an example with a field that the schema drops shows what nobody reads.
    expect(callbackSchema.parse(body)).toEqual(body);
    expect(webhookEvents[type].parse(data)).toEqual(data);
    expect(subject).toBe(subjectOf(type, data));
  });

  it.each(bodies.filter((name) => Object.hasOwn(messages, typeOf(name) as Pattern)))(
    'have the data of %s as it is on the wire',
    (name) => {
      expect(read(join('callbacks', name))).toHaveProperty('data', (read(name) as { data: unknown }).data);
    },
  );
});

/** What an event is about: the first thing that its data names. */
function subjectOf(type: WebhookEventType, { orderId, productId, webhookId }: Record<string, unknown>): string {
  if (type.startsWith('webhook.')) return `webhook/${webhookId}`;
  return orderId === undefined ? `product/${productId}` : `order/${orderId}`;
}

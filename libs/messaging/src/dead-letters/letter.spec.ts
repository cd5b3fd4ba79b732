import { type ConsumeMessage } from 'amqplib';
import { letterOf, matches, timeIn } from './letter.js';
import { redrivenMessage } from './redriven-message.js';

type Properties = Partial<Omit<ConsumeMessage['properties'], 'headers'>>;

function message(content: string, headers: Record<string, unknown> = {}, properties: Properties = {}): ConsumeMessage {
  const fields = { deliveryTag: 1, redelivered: false, exchange: '', routingKey: 'q', consumerTag: 'c' };
  return {
    fields,
    content: Buffer.from(content),
    properties: { messageId: 'm-1', headers, ...properties } as ConsumeMessage['properties'],
  };
}

const idOf = (...letter: Parameters<typeof message>): string => letterOf(message(...letter)).id;

describe('the id of a letter', () => {
  const headers = { a: 1, b: { c: [true, null] } };

  it.each<[string, Parameters<typeof message>]>([
    ['it is delivered again', ['body', { ...headers, 'x-delivery-count': 7 }]],
    ['RabbitMQ 4 has counted looks', ['body', { 'x-acquired-count': 3, ...headers }]],
    ['its headers come in another order', ['body', { b: headers.b, a: 1 }]],
  ])('stays when %s', (_name, letter) => {
    expect(idOf(...letter)).toBe(idOf('body', headers));
  });

  it.each<[string, Parameters<typeof message>]>([
    ['the body', ['bodz', headers]],
    ['a header', ['body', { ...headers, a: 2 }]],
    ['a header within a header', ['body', { ...headers, b: { c: [true, false] } }]],
    ['the message id', ['body', headers, { messageId: 'm-2' }]],
    ['the correlation id', ['body', headers, { correlationId: 'c' }]],
  ])('changes with %s', (_name, letter) => {
    expect(idOf(...letter)).not.toBe(idOf('body', headers));
  });
});

describe('what a letter says of itself', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['ours', { 'x-dead-letter-reason': 'malformed', 'x-death': [{ reason: 'expired' }] }, 'malformed'],
    ["RabbitMQ's", { 'x-death': [{ reason: 'delivery_limit' }, { reason: 'expired' }] }, 'delivery_limit'],
    ['none', {}, 'unknown'],
    ['one that is no reason', { 'x-dead-letter-reason': 'Because I say so', 'x-death': 'no list' }, 'unknown'],
    ['one that is no text', { 'x-dead-letter-reason': { a: 1 }, 'x-death': [null] }, 'unknown'],
  ])('is its reason: %s', (_name, headers, reason) => {
    expect(letterOf(message('', headers)).reason).toBe(reason);
  });

  it.each<[string, string | null]>([
    ['{"pattern":"orders.create","data":{}}', 'orders.create'],
    ['{"pattern":"a\\u0000b\\ud800"}', 'a\ufffdb\ufffd'],
    [JSON.stringify({ pattern: 'p'.repeat(300) }), `${'p'.repeat(200)}…`],
    ['{"pattern":7}', null],
    ['{"pattern":"orders.create"', null],
    ['[]', null],
    ['', null],
  ])('is the pattern of %s', (content, pattern) => {
    expect(letterOf(message(content)).pattern).toBe(pattern);
  });

  it('is by its type what pattern a body has that is too long to be read', () => {
    const body = `{"pattern":"orders.create","data":"${'x'.repeat(70_000)}"}`;
    expect(letterOf(message(body, {}, { type: 'orders.create' })).pattern).toBe('orders.create');
  });

  it.each<[unknown, number]>([
    [3, 3],
    [-1, 0],
    [1.5, 0],
    ['3', 0],
    [2 ** 60, 0],
    [undefined, 0],
  ])('is how often it was sent back: %j is %i', (value, count) => {
    expect(letterOf(message('', { 'x-redrive-count': value })).redriveCount).toBe(count);
  });
});

describe('a time in a header', () => {
  it.each<[unknown, string | null]>([
    ['2026-01-05T09:30:00.000Z', '2026-01-05T09:30:00.000Z'],
    [{ '!': 'timestamp', value: 1_700_000_000 }, '2023-11-14T22:13:20.000Z'],
    [1_700_000_000, '2023-11-14T22:13:20.000Z'],
    [Number.MAX_SAFE_INTEGER, null],
    [300_000_000_000, null],
    [-1, null],
    ['yesterday', null],
    [{}, null],
    [null, null],
  ])('%j is %j', (value, time) => {
    expect(timeIn(value)).toBe(time);
  });
});

describe('a filter', () => {
  const letter = letterOf(message('{"pattern":"orders.create"}', { 'x-dead-letter-reason': 'handler-failed' }));

  it.each<[object, boolean]>([
    [{}, true],
    [{ reason: 'handler-failed' }, true],
    [{ reason: 'malformed' }, false],
    [{ pattern: 'orders.create' }, true],
    [{ pattern: 'orders' }, false],
    [{ reason: 'handler-failed', pattern: 'orders.cancel' }, false],
  ])('%j takes the letter: %s', (filter, is) => {
    expect(matches(filter, letter)).toBe(is);
  });
});

describe('a letter that is sent back', () => {
  it('goes to its queue and to no other, whatever its headers say', () => {
    const headers = { 'x-dead-letter-queue': 'webhooks_queue', CC: ['a'], BCC: ['b'] };
    const { exchange, routingKey, properties } = redrivenMessage(message('b', headers), 'orders_queue', 'act-1');
    expect([exchange, routingKey]).toEqual(['', 'orders_queue']);
    expect(properties.headers).toEqual({ 'x-redrive-count': 1, 'x-redrive-act': 'act-1' });
  });

  it('leaves behind what RabbitMQ has written of its way', () => {
    const broker = { 'x-death': [], 'x-first-death-queue': 'q', 'x-last-death-reason': 'r', 'x-delivery-count': 3 };
    const { properties } = redrivenMessage(message('b', { ...broker, tenant: 'a' }), 'orders_queue', 'act-1');
    expect(Object.keys(properties.headers ?? {})).toEqual(['tenant', 'x-redrive-count', 'x-redrive-act']);
  });
});

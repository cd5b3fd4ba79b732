import { newId } from './ids.js';
import { webhookEventTypes } from './webhook-events.js';
import {
  createWebhookSchema,
  type EventTypeFilter,
  eventTypeFilterSchema,
  filterMatches,
  MAX_URL_LENGTH,
  updateWebhookSchema,
  webhookDescriptionSchema,
  webhookUrlSchema,
  webhookWithSecretSchema,
} from './webhooks.js';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

const caller = { role: 'client', clientId: 'shop' };
const ref = { caller, webhookId: newId() };
const settings = { url: 'https://shop.example.com/callbacks', eventTypes: ['order.*'] };

/** What no number of ours is, as JSON texts: 1e309 is a number there, and Infinity once it is parsed. */
const notCounts = ['1.5', '-1', '1e309', '-1e309', '9007199254740993', '"1"', '[1]', 'true', '{"valueOf":1}'];

describe('the URL of a webhook', () => {
  const longest = `https://shop.example.com/${'p'.repeat(MAX_URL_LENGTH)}`.slice(0, MAX_URL_LENGTH);

  it.each<[unknown, boolean]>([
    ['https://shop.example.com', true],
    ['https://shop.example.com:8443/callbacks?tenant=7', true],
    ['http://127.0.0.1:4000/', true],
    ['HTTPS://SHOP.EXAMPLE.COM/', true],
    ['https://bücher.example/', true],
    ['https://[2001:db8::1]/', true],
    [longest, true],
    [`${longest}p`, false],
    ['javascript:alert(1)', false],
    ['java\nscript:alert(1)', false],
    ['data:text/html,hello', false],
    ['file:///etc/passwd', false],
    ['ftp://shop.example.com/', false],
    ['gopher://shop.example.com/', false],
    ['ws://shop.example.com/', false],
    ['blob:https://shop.example.com/1', false],
    ['//shop.example.com/callbacks', false],
    ['/callbacks', false],
    ['shop.example.com/callbacks', false],
    ['https://', false],
    ['https://shop.example.com:99999/', false],
    ['https://sh op.example.com/', false],
    [' https://shop.example.com/', false],
    ['https://shop.example.com/\n', false],
    ['https://shop.exa\nmple.com/', false],
    ['https://shop.example.com/\u001b[31m', false],
    ['https://user@shop.example.com/', false],
    ['https://user:secret@shop.example.com/', false],
    ['https://:secret@shop.example.com/', false],
    ['https://shop.example.com%40evil.example/', false],
    ['', false],
    ['__proto__', false],
    [7, false],
    [null, false],
    [['https://shop.example.com'], false],
    [{ href: 'https://shop.example.com' }, false],
  ])('%j is one: %s', (value, is) => {
    expect(accepts(webhookUrlSchema, value)).toBe(is);
  });

  it('says that credentials are not wanted, once', () => {
    const { error } = webhookUrlSchema.safeParse('https://user:secret@shop.example.com/');
    expect(error?.issues.map(({ message }) => message)).toEqual([
      'must not contain credentials: callbacks are signed instead',
    ]);
  });
});

describe('a description', () => {
  it.each<[unknown, boolean]>([
    ['', true],
    ['Bestellungen für Zoë 🎁', true],
    ['d'.repeat(500), true],
    ['d'.repeat(501), false],
    ['two\nlines', false],
    ['\u001b[31mred', false],
    ['\u0000', false],
    ['\u0085', false],
    [7, false],
    [null, false],
  ])('%j is one: %s', (value, is) => {
    expect(accepts(webhookDescriptionSchema, value)).toBe(is);
  });
});

describe('a filter', () => {
  it.each<[unknown, boolean]>([
    ...webhookEventTypes.map((type): [unknown, boolean] => [type, true]),
    ['*', true],
    ['order.*', true],
    ['product.*', true],
    ['webhook.*', true],
    ['stock.*', false],
    ['order', false],
    ['order.', false],
    ['order.**', false],
    ['*.created', false],
    ['order.unknown', false],
    ['ORDER.CREATED', false],
    ['orders.create', false],
    ['order.created ', false],
    ['', false],
    ['__proto__', false],
    ['constructor', false],
    [null, false],
    [['order.created'], false],
  ])('%j is one: %s', (value, is) => {
    expect(accepts(eventTypeFilterSchema, value)).toBe(is);
  });

  it.each<[EventTypeFilter, string[]]>([
    ['*', webhookEventTypes],
    ['order.*', ['order.created', 'order.confirmed', 'order.rejected', 'order.cancelled']],
    ['product.*', ['product.stockReserved', 'product.stockReleased', 'product.stockAdjusted', 'product.stockLow']],
    ['webhook.*', ['webhook.disabled', 'webhook.test']],
    ['order.created', ['order.created']],
  ])('%s names %j', (filter, types) => {
    expect(webhookEventTypes.filter((type) => filterMatches(filter, type))).toEqual(types);
  });
});

describe('webhooks.create', () => {
  const command = { ...settings, caller };

  it.each<[string, unknown, boolean]>([
    ['the least there may be', command, true],
    [
      'everything',
      {
        ...command,
        description: 'Orders',
        enabled: false,
        ordering: 'none',
        maxPerSecond: 10_000,
        idempotencyKey: 'k',
      },
      true,
    ],
    ['no limit', { ...command, maxPerSecond: null }, true],
    ['every filter there is', { ...command, eventTypes: [...eventTypeFilterSchema.options] }, true],
    ['more filters than there are', { ...command, eventTypes: [...eventTypeFilterSchema.options, '*'] }, false],
    ['no filter', { ...command, eventTypes: [] }, false],
    ['a filter that is no list', { ...command, eventTypes: 'order.*' }, false],
    ['an unknown filter among others', { ...command, eventTypes: ['order.*', 'order.paid'] }, false],
    ['no URL', { ...command, url: undefined }, false],
    ['enabled as a text', { ...command, enabled: 'false' }, false],
    ['enabled as a number', { ...command, enabled: 0 }, false],
    ['an unknown ordering', { ...command, ordering: 'global' }, false],
    ['a limit of 0', { ...command, maxPerSecond: 0 }, false],
    ['a limit of -0', { ...command, maxPerSecond: -0 }, false],
    ['a limit too high', { ...command, maxPerSecond: 10_001 }, false],
    ['a description that is null', { ...command, description: null }, false],
    ['a key with a blank', { ...command, idempotencyKey: 'a b' }, false],
    ['nobody', settings, false],
    ['a text', 'https://shop.example.com', false],
    ['null', null, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(createWebhookSchema, value)).toBe(is);
  });

  it.each(notCounts)('takes no limit of %s', (json) => {
    expect(accepts(createWebhookSchema, { ...command, maxPerSecond: JSON.parse(json) })).toBe(false);
  });

  it('takes neither an id nor a secret from outside, nor anything from a prototype', () => {
    const text = JSON.stringify({ ...command, id: newId(), secret: 'whsec_', version: 9 });
    const message = JSON.parse(`${text.slice(0, -1)},"__proto__":{"enabled":false}}`);
    const parsed = createWebhookSchema.parse(message);
    expect(parsed).toEqual(command);
    expect(parsed.enabled).toBeUndefined();
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });
});

describe('webhooks.update', () => {
  it.each<[string, unknown, boolean]>([
    ['no change', { ...ref, changes: {} }, true],
    ['one change', { ...ref, changes: { enabled: false }, ifVersion: 3 }, true],
    ['all changes', { ...ref, changes: settings }, true],
    ['changes that are missing', ref, false],
    ['a bad URL', { ...ref, changes: { url: 'javascript:alert(1)' } }, false],
    ['an empty list of filters', { ...ref, changes: { eventTypes: [] } }, false],
    ['a URL that is null', { ...ref, changes: { url: null } }, false],
    ['version 0', { ...ref, changes: {}, ifVersion: 0 }, false],
    ['a webhook id that is none', { ...ref, webhookId: 'w-1', changes: {} }, false],
  ])('takes %s: %j -> %s', (_name, value, is) => {
    expect(accepts(updateWebhookSchema, value)).toBe(is);
  });

  it('changes neither owner nor version nor secret', () => {
    const changes = { description: 'new', clientId: 'other', version: 9, secret: 'whsec_', disabledReason: null };
    expect(updateWebhookSchema.parse({ ...ref, changes }).changes).toEqual({ description: 'new' });
  });
});

describe('an answer that shows a secret', () => {
  const answer = {
    ...settings,
    id: newId(),
    clientId: 'shop',
    description: '',
    enabled: true,
    disabledReason: null,
    ordering: 'per-subject',
    maxPerSecond: null,
    failingSince: null,
    heldUntil: null,
    createdAt: '2026-01-05T09:00:00.000Z',
    updatedAt: '2026-01-05T09:00:00.000Z',
    version: 1,
  };
  const secretOf = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 0xfb).toString('base64')}`;

  it.each<[string, unknown, boolean]>([
    ['32 bytes', secretOf(32), true],
    ['31 bytes', secretOf(31), false],
    ['33 bytes', secretOf(33), false],
    ['the alphabet of URLs', secretOf(32).replaceAll('+', '-').replaceAll('/', '_'), false],
    ['no prefix', secretOf(32).slice('whsec_'.length), false],
    ['a line break at its end', `${secretOf(32)}\n`, false],
    ['nothing', undefined, false],
  ])('has one of %s: %j -> %s', (_name, secret, is) => {
    expect(accepts(webhookWithSecretSchema, { ...answer, secret })).toBe(is);
  });
});

import { newId, webhookEventTypes } from '@holdfast/contracts';
import { ProblemError } from '../http/problem.js';
import {
  replayOf,
  rotationOf,
  webhookChangesOf,
  webhookIdOf,
  webhookSettingsOf,
  webhooksQueryOf,
} from './webhook-requests.js';

const settings = (overrides: object = {}) => ({ url: 'https://shop.example/hooks', eventTypes: ['*'], ...overrides });

function placesOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ProblemError) {
      return (error.extras.faults ?? []).map(({ pointer, query }) => String(pointer ?? query));
    }
    throw error;
  }
  throw new Error('it was taken');
}

const BAD_SETTINGS: [object, string][] = [
  [{ url: 'shop.example' }, '/url'],
  [{ url: 'ftp://shop.example' }, '/url'],
  [{ url: 'https://user:word@shop.example' }, '/url'],
  [{ url: `https://shop.example/${'x'.repeat(2_000)}` }, '/url'],
  [{ url: null }, '/url'],
  [{ eventTypes: [] }, '/eventTypes'],
  [{ eventTypes: '*' }, '/eventTypes'],
  [{ eventTypes: ['order.*', 'order.lost'] }, '/eventTypes/1'],
  [{ eventTypes: Array.from({ length: 15 }, () => '') }, '/eventTypes'],
  [{ description: 'a\nb' }, '/description'],
  [{ description: 'x'.repeat(501) }, '/description'],
  [{ description: null }, '/description'],
  [{ enabled: 'yes' }, '/enabled'],
  [{ ordering: 'fifo' }, '/ordering'],
  [{ maxPerSecond: 0 }, '/maxPerSecond'],
  [{ maxPerSecond: 1.5 }, '/maxPerSecond'],
  [{ maxPerSecond: '5' }, '/maxPerSecond'],
  [{ maxPerSecond: 10_001 }, '/maxPerSecond'],
  [{ secret: 'whsec_mine' }, '/secret'],
  [{ clientId: 'other' }, '/clientId'],
  [{ caller: { role: 'operator', clientId: 'ops' } }, '/caller'],
];

describe('webhookSettingsOf', () => {
  it.each([
    {},
    { eventTypes: ['order.*', 'product.stockLow'] },
    { eventTypes: webhookEventTypes },
    { description: 'é😀', enabled: false, ordering: 'none', maxPerSecond: 10_000 },
    { maxPerSecond: null },
    { url: 'http://127.0.0.1:8080/?a=b' },
  ])('takes %j', (overrides) => expect(webhookSettingsOf(settings(overrides))).toEqual(settings(overrides)));

  it.each(BAD_SETTINGS)('refuses %j', (overrides, place) =>
    expect(placesOf(() => webhookSettingsOf(settings(overrides)))).toEqual([place]),
  );

  it.each([undefined, null, [], 'text', 1])('refuses %j, which is no object', (body) =>
    expect(placesOf(() => webhookSettingsOf(body))).toEqual(['']),
  );

  it('says what is missing', () => expect(placesOf(() => webhookSettingsOf({}))).toEqual(['/url', '/eventTypes']));
});

describe('webhookChangesOf', () => {
  it.each([
    { url: 'https://shop.example/new' },
    { eventTypes: ['order.*'] },
    { description: '' },
    { enabled: false },
    { ordering: 'none' },
    { maxPerSecond: null },
    settings({ maxPerSecond: 5 }),
  ])('takes %j, and adds nothing', (changes) => expect(webhookChangesOf(changes)).toEqual(changes));

  it.each(BAD_SETTINGS)('refuses %j', (changes, place) =>
    expect(placesOf(() => webhookChangesOf(changes))).toEqual([place]),
  );

  it.each([undefined, null, [], {}])('refuses %j, which changes nothing', (body) =>
    expect(placesOf(() => webhookChangesOf(body))).toEqual(['']),
  );
});

describe('rotationOf', () => {
  it.each([
    [undefined, {}],
    [{}, {}],
    [{ overlapSeconds: 0 }, { overlapSeconds: 0 }],
    [{ overlapSeconds: 604_800 }, { overlapSeconds: 604_800 }],
  ])('takes %j', (body, rotation) => expect(rotationOf(body)).toEqual(rotation));

  it.each([
    [null, ''],
    [{ overlapSeconds: -1 }, '/overlapSeconds'],
    [{ overlapSeconds: 604_801 }, '/overlapSeconds'],
    [{ overlapSeconds: null }, '/overlapSeconds'],
    [{ secret: 'mine' }, '/secret'],
  ])('refuses %j', (body, place) => expect(placesOf(() => rotationOf(body))).toEqual([place]));
});

describe('replayOf', () => {
  const range = (overrides: object = {}) => ({
    from: '2026-01-31T09:00:00Z',
    to: '2026-01-31T10:00:00.5Z',
    ...overrides,
  });

  it.each([{}, { to: '2026-01-31T09:00:00.000Z' }, { eventTypes: ['order.*'], onlyMissing: true, dryRun: true }])(
    'takes %j',
    (overrides) => expect(replayOf(range(overrides))).toEqual(range(overrides)),
  );

  it.each([
    [{ from: undefined }, '/from'],
    [{ from: '2026-01-31' }, '/from'],
    [{ from: '2026-01-31T09:00:00' }, '/from'],
    [{ from: '2026-01-31T09:00:00+01:00' }, '/from'],
    [{ from: '2026-02-30T09:00:00Z' }, '/from'],
    [{ from: 1_769_850_000 }, '/from'],
    [{ to: '2026-01-31T08:59:59.999Z' }, '/to'],
    [{ eventTypes: [] }, '/eventTypes'],
    [{ onlyMissing: 'no' }, '/onlyMissing'],
    [{ dryRun: 1 }, '/dryRun'],
    [{ limit: 5 }, '/limit'],
  ])('refuses %j', (overrides, place) => expect(placesOf(() => replayOf(range(overrides)))).toEqual([place]));

  it('says which form a time has, and what is missing', () => {
    expect(() => replayOf(range({ from: '2026-01-31T09:00:00+01:00' }))).toThrow('a time in UTC that ends in Z');
    expect(() => replayOf({})).toThrow('/from: is missing (and 1 more)');
  });
});

describe('webhooksQueryOf', () => {
  it('reads limit and cursor', () => {
    expect(webhooksQueryOf({})).toEqual({ limit: 50 });
    expect(webhooksQueryOf({ limit: '100', cursor: 'abc' })).toEqual({ limit: 100, cursor: 'abc' });
  });

  it.each([
    [{ limit: '101' }, 'limit'],
    [{ cursor: '' }, 'cursor'],
    [{ clientId: 'other' }, 'clientId'],
  ])('refuses %j', (query, place) => expect(placesOf(() => webhooksQueryOf(query))).toEqual([place]));
});

describe('webhookIdOf', () => {
  it('writes an id in the one way in which it is stored', () => {
    const id = newId();
    expect(webhookIdOf(id.toUpperCase())).toBe(id);
  });

  it.each(['', '42', `${newId()} `, 'x'.repeat(36)])('knows that %j is no id', (text) =>
    expect(() => webhookIdOf(text)).toThrow(expect.objectContaining({ code: 'WEBHOOK_NOT_FOUND' })),
  );
});

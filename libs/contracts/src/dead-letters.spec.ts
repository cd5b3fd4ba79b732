import {
  allLettersSchema,
  deadLetterMessages,
  discardLettersSchema,
  letterFilterSchema,
  letterIdSchema,
  listActsSchema,
  MAX_LETTERS_PER_SECOND,
  redriveLettersSchema,
} from './dead-letters.js';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

const caller = { role: 'operator', clientId: 'ops' };
const id = '6f1d0c5b9a7e48320b1c4d5e6f708192';

describe('the id of a dead letter', () => {
  it.each<[unknown, boolean]>([
    [id, true],
    [id.toUpperCase(), false],
    [id.slice(1), false],
    [`${id}0`, false],
    [`${id}\n`, false],
    ['', false],
    [null, false],
  ])('may be %j: %s', (value, is) => {
    expect(accepts(letterIdSchema, value)).toBe(is);
  });
});

describe('which letters are meant', () => {
  it.each<[string, unknown, boolean]>([
    ['one', { id }, true],
    ['all', { where: {} }, true],
    ['all of a reason, at a rate', { where: { reason: 'malformed' }, atMost: 5, maxPerSecond: 1 }, true],
    ['one by an id that is none, with what would make it all', { id: 'x', where: {} }, false],
    ['one and all', { id, where: {} }, false],
    ['one at a rate', { id, maxPerSecond: 5 }, false],
    ['nothing', {}, false],
    ['all without saying so', { maxPerSecond: 5 }, false],
    ['none', { where: {}, atMost: 0 }, false],
    ['no letter a second', { where: {}, maxPerSecond: 0 }, false],
    ['half a letter a second', { where: {}, maxPerSecond: 0.5 }, false],
    ['too many a second', { where: {}, maxPerSecond: MAX_LETTERS_PER_SECOND + 1 }, false],
  ])('%s: %j -> %s', (_name, letters, is) => {
    expect(accepts(redriveLettersSchema, { caller, letters })).toBe(is);
    expect(accepts(discardLettersSchema, { caller, letters, reason: 'ours' })).toBe(is);
  });

  it.each(['1e309', '-1', '"5"', '9007199254740993', 'null'])('is no rate and no number of %s', (json) => {
    expect(accepts(allLettersSchema, { where: {}, maxPerSecond: JSON.parse(json) })).toBe(false);
    expect(accepts(allLettersSchema, { where: {}, atMost: JSON.parse(json) })).toBe(false);
  });

  it.each<[unknown, boolean]>([
    [{}, true],
    [{ reason: 'delivery_limit' }, true],
    [{ reason: 'retries-exhausted', pattern: 'order.created' }, true],
    [{ reason: 'Not a reason' }, false],
    [{ reason: '' }, false],
    [{ pattern: '' }, false],
    [{ pattern: 'p'.repeat(201) }, false],
    [null, false],
  ])('by %j: %s', (filter, is) => {
    expect(accepts(letterFilterSchema, filter)).toBe(is);
  });
});

describe('the reason of an operator', () => {
  it.each<[unknown, boolean, boolean]>([
    ['ours', true, true],
    ['r'.repeat(500), true, true],
    [undefined, true, false],
    ['', false, false],
    ['   ', false, false],
    ['two\nlines', false, false],
    ['r'.repeat(501), false, false],
    [7, false, false],
  ])('may be %j for sending back: %s, for discarding: %s', (reason, forRedrive, forDiscard) => {
    expect(accepts(redriveLettersSchema, { caller, letters: { id }, reason })).toBe(forRedrive);
    expect(accepts(discardLettersSchema, { caller, letters: { id }, reason })).toBe(forDiscard);
  });
});

describe('a page of acts', () => {
  it.each<[unknown, boolean]>([
    ['1', true],
    ['9'.repeat(15), true],
    ['9'.repeat(16), false],
    ['-1', false],
    ['1e3', false],
    ['', false],
  ])('may begin behind %j: %s', (cursor, is) => {
    expect(accepts(listActsSchema, { caller, limit: 1, cursor })).toBe(is);
  });
});

describe('the messages of a service', () => {
  it('go to its queries and to nobody else', () => {
    const messages = deadLetterMessages('webhooks', 'webhooks_queries');
    expect(Object.keys(messages)).toEqual(
      ['list', 'get', 'redrive', 'discard', 'acts', 'act'].map((operation) => `webhooks.deadLetters.${operation}`),
    );
    expect(new Set(Object.values(messages).map(({ queue }) => queue))).toEqual(new Set(['webhooks_queries']));
  });
});

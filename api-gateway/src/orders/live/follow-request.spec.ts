import { endsWith, lastVersionOf, untilOf } from './follow-request.js';

describe('Last-Event-ID', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['0', 0],
    ['1', 1],
    ['3', 3],
    ['999999999999999', 999_999_999_999_999],
  ])('%j is version %i', (header, version) => expect(lastVersionOf(header)).toBe(version));

  it.each(['-1', '1.5', '1e3', 'abc', ' 1', '1, 2', '1234567890123456', ['1', '2']])('%j is refused', (header) => {
    expect(() => lastVersionOf(header)).toThrow('Last-Event-ID');
  });
});

describe('a stream', () => {
  it('goes on until the order is decided, unless told', () => {
    expect(untilOf({})).toBe('decided');
    expect(untilOf({ until: 'closed' })).toBe('closed');
  });

  it.each([{ until: 'never' }, { until: '' }, { until: ['decided', 'closed'] }, { untill: 'closed' }])(
    'is not asked for with %j',
    (query) => expect(() => untilOf(query)).toThrow('The query is not valid'),
  );

  it.each([
    ['PENDING', false, false],
    ['CONFIRMED', true, false],
    ['REJECTED', true, true],
    ['CANCELLED', true, true],
  ] as const)('of an order that is %s ends when it is to be decided: %s, closed: %s', (status, decided, closed) => {
    expect([endsWith('decided', status), endsWith('closed', status)]).toEqual([decided, closed]);
  });
});

import { conditionOf, wantedVersionOf } from './if-match.js';

describe('wantedVersionOf', () => {
  it('asks for nothing without a header', () => expect(wantedVersionOf(undefined)).toBeUndefined());

  it.each(['*', ' * '])('takes any state, by %j', (header) => expect(wantedVersionOf(header)).toBe('any'));

  it.each([
    ['"7"', 7],
    [' "7" ', 7],
    ['\t"7"\t', 7],
    ['"6", "7"', 7],
    ['"7","6"', 7],
    [', "7" ,, ', 7],
    ['"7",', 7],
    ['W/"9", "7"', 7],
    ['"abc", "7"', 7],
    ['"a,b", "7"', 7],
    ['"9007199254740991"', Number.MAX_SAFE_INTEGER],
  ])('reads %j', (header, version) => expect(wantedVersionOf(header)).toBe(version));

  it.each([
    'W/"7"',
    'W/"7", W/"8"',
    '"abc"',
    '""',
    '"0"',
    '"07"',
    '"+7"',
    '"7.0"',
    '"*"',
    '"9007199254740992"',
    '"7,8"',
  ])('knows that no state is %j', (header) => expect(wantedVersionOf(header)).toBe('none'));

  it.each([
    '',
    ' ',
    ',',
    '7',
    '"7',
    "'7'",
    'w/"7"',
    'W/ "7"',
    '*, "7"',
    '"7", *',
    '"7" "8"',
    '"7"; x',
    '"a b"',
    '"7"\n',
  ])('refuses %j, which is no list of entity tags', (header) => {
    expect(() => wantedVersionOf(header)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        extras: { faults: [expect.objectContaining({ header: 'If-Match' })] },
      }),
    );
  });

  it('reads a header of the largest size in one go', () => {
    const commas = ','.repeat(8_000);
    expect(wantedVersionOf(`${commas}"7"${commas}`)).toBe(7);
    expect(() => wantedVersionOf(`"7"${', '.repeat(8_000)}x`)).toThrow();
    expect(() => wantedVersionOf(`"7"${' '.repeat(16_000)}x`)).toThrow();
  });
});

describe('conditionOf', () => {
  it.each([
    [undefined, {}],
    ['*', {}],
    ['"7"', { ifVersion: 7 }],
  ])('of %j', (header, condition) => expect(conditionOf(header)).toEqual(condition));

  it('refuses what no state can match', () => {
    expect(() => conditionOf('W/"7"')).toThrow(expect.objectContaining({ code: 'VERSION_MISMATCH' }));
  });
});

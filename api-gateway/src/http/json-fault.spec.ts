import { findJsonFault, pointerTo } from './json-fault.js';

describe('findJsonFault', () => {
  it.each([
    'null',
    ' [1, -0.5e+3, "a\\u00e9\\n\\"", true, false, null, {}, []] ',
    '{"a": {"b": [{"c": 1}, {"c": 2}]}, "b": ":"}',
    '\ufeff{}',
    '"\u007f\u2028"',
    '['.repeat(50_000) + ']'.repeat(50_000),
  ])('finds nothing in %.40s', (text) => {
    expect(() => JSON.parse(text.replace('\ufeff', ''))).not.toThrow();
    expect(findJsonFault(text)).toBeUndefined();
  });

  it.each([
    ['', 1, 1, 'expected a value, found the end of the text'],
    ['  ', 1, 3, 'expected a value, found the end of the text'],
    ['{"a":1', 1, 7, 'expected a comma or }, found the end of the text'],
    ['{"a":1,}', 1, 8, 'expected a key in double quotes, found "}"'],
    ['{a:1}', 1, 2, 'expected a key in double quotes or }, found "a"'],
    ["{'a':1}", 1, 2, `expected a key in double quotes or }, found "'"`],
    ['{"a" 1}', 1, 6, 'expected a colon, found "1"'],
    ['{"a":}', 1, 6, 'expected a value, found "}"'],
    ['[1,]', 1, 4, 'expected a value, found "]"'],
    ['[1 2]', 1, 4, 'expected a comma or ], found "2"'],
    ['[01]', 1, 3, 'expected a comma or ], found "1"'],
    ['{"a":\n  +1}', 2, 3, 'expected a value, found "+"'],
    ['{"a":1} x', 1, 9, 'expected nothing more, found "x"'],
    ['"abc', 1, 5, 'expected the rest of a string, found the end of the text'],
    ['"a\\x"', 1, 3, 'expected the rest of a string, found "\\\\"'],
    ['"a\tb"', 1, 3, 'expected the rest of a string, found "\\t"'],
    ['NaN', 1, 1, 'expected a value, found "N"'],
    ['[1]]', 1, 4, 'expected nothing more, found "]"'],
    ['[}', 1, 2, 'expected a value, found "}"'],
    ['😀', 1, 1, 'expected a value, found "😀"'],
  ])('finds where %j breaks', (text, line, column, detail) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(findJsonFault(text)).toEqual({ kind: 'syntax', line, column, detail });
  });

  it.each([
    ['{"a":1,"a":2}', '/a', 'this key appears twice'],
    ['{"a":1,"\\u0061":2}', '/a', 'this key appears twice'],
    ['{"items":[{"q":1},{"q":1,"q":2}]}', '/items/1/q', 'this key appears twice'],
    ['{"a":{"__proto__":{}}}', '/a/__proto__', 'this key is not allowed'],
    ['[[], {"constructor":{"prototype":1}}]', '/1/constructor', 'this key is not allowed'],
  ])('finds the key in %s', (text, pointer, detail) => {
    expect(findJsonFault(text)).toEqual({ kind: 'key', pointer, detail });
  });

  it('does not take equal keys of different objects for one', () => {
    expect(findJsonFault('[{"a":1},{"a":{"a":1}}]')).toBeUndefined();
  });
});

describe('pointerTo', () => {
  it('escapes as RFC 6901 says', () => expect(pointerTo(['a/b', 0, 'c~d'])).toBe('/a~1b/0/c~0d'));
  it('is empty for the whole body', () => expect(pointerTo([])).toBe(''));
});

import { parserOf } from './postgres-types.js';

const parsed = (type: number, text: string): unknown => parserOf(type)?.(text);

describe('values of PostgreSQL', () => {
  it.each([
    ['int8', 20, '42', 42],
    ['the largest int8 that is safe', 20, '9007199254740991', Number.MAX_SAFE_INTEGER],
    ['a sum', 1700, '-7', -7],
    ['an average', 1700, '2.5000000000000000', 2.5],
    ['yes', 16, 't', 1],
    ['no', 16, 'f', 0],
    ['JSON', 114, '{"a":1}', '{"a":1}'],
    ['binary JSON', 3802, '{"a": 1}', '{"a": 1}'],
  ])('%s comes back as from SQLite', (_name, type, text, value) => {
    expect(parsed(type, text)).toBe(value);
  });

  it.each([20, 1700])('an integer of type %d that is not safe is an error', (type) => {
    expect(() => parsed(type, '9007199254740993')).toThrow('9007199254740993');
  });

  it('leaves every other type to the driver', () => {
    expect(parserOf(25)).toBeUndefined();
  });
});

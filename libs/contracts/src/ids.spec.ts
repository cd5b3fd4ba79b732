import { idSchema, isUuid, newId, timeOfId } from './ids.js';

describe('ids', () => {
  it('are UUIDv7, each one new, in order of the millisecond of their making', () => {
    const ids = Array.from({ length: 2_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    const milliseconds = ids.map((id) => id.slice(0, 13));
    expect([...milliseconds].sort()).toEqual(milliseconds);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it.each([
    ['a UUIDv7', '019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10', true],
    ['a UUIDv4', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', true],
    ['capital letters', '019ABF2E-7D5C-7C11-9A54-6B1D4A3F2E10', true],
    ['nothing', '', false],
    ['braces around it', '{019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10}', false],
    ['no dashes', '019abf2e7d5c7c119a546b1d4a3f2e10', false],
    ['a line break after it', '019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10\n', false],
    ['another variant', '019abf2e-7d5c-7c11-1a54-6b1d4a3f2e10', false],
    ['a letter beyond f', '019abf2e-7d5c-7c11-9a54-6b1d4a3f2e1g', false],
  ])('with %s: %j is one: %s', (_name, text, is) => {
    expect(isUuid(text)).toBe(is);
    expect(idSchema.safeParse(text).success).toBe(is);
  });

  it('tell when they were made', () => {
    // RFC 9562, appendix A.6.
    expect(timeOfId('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe(Date.parse('2022-02-22T19:22:22.000Z'));
  });

  it.each(['3f2504e0-4f89-41d3-9a0c-0305e82c3301', '017f22e2-79b0-7cc3', 'sha256-0017f22e2', ''])(
    'of another kind do not: %j',
    (text) => {
      expect(timeOfId(text)).toBeUndefined();
    },
  );
});

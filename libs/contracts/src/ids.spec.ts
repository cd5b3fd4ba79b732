import { beforeIdsOf, behindIdsOf, idSchema, isUuid, newId, timeOfId } from './ids.js';

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

describe('the bounds of the ids of a time', () => {
  it('enclose an id by the millisecond in which it was made, and by no other', () => {
    for (const id of Array.from({ length: 200 }, newId)) {
      const at = timeOfId(id) ?? 0;
      expect(beforeIdsOf(at) < id && id < behindIdsOf(at)).toBe(true);
      expect(behindIdsOf(at - 1) < id && id < beforeIdsOf(at + 1)).toBe(true);
    }
  });

  it.each([
    [0, '00000000-0000-0000-0000-000000000000'],
    [Date.parse('2026-01-05T09:30:00.000Z'), '019b8d7d-f1c0-0000-0000-000000000000'],
    [Date.parse('9999-12-31T23:59:59.999Z'), 'e677d21f-dbff-0000-0000-000000000000'],
    [Date.parse('0001-01-01T00:00:00.000Z'), '00000000-0000-0000-0000-000000000000'],
  ])('at %d begin with %s', (at, bound) => {
    expect(beforeIdsOf(at)).toBe(bound);
    expect(behindIdsOf(at)).toHaveLength(36);
  });
});

import { newId, timeOfId } from '@holdfast/contracts';
import { beforeIdsOf, behindIdsOf } from './id-bounds.js';

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

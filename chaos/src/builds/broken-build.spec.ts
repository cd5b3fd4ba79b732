import { BROKEN_BUILDS } from './all.js';
import { ReplacementFailed, replaceOnce } from './broken-build.js';

const replacement = { module: 'inbox.js', find: 'changed === 1', put: 'true' };

describe('a replacement', () => {
  it('is made where its text stands once, whatever signs are in it', () => {
    expect(replaceOnce('return changed === 1;', replacement)).toBe('return true;');
    expect(replaceOnce('a(b.*c)$&d', { module: 'x.js', find: '(b.*c)', put: '$& $1' })).toBe('a$& $1$&d');
  });

  it.each([
    ['is not there', 'return changed > 0;'],
    ['stands twice', 'changed === 1 || changed === 1'],
  ])('fails where its text %s', (_, source) => {
    expect(() => replaceOnce(source, replacement)).toThrow(ReplacementFailed);
    expect(() => replaceOnce(source, replacement)).toThrow('inbox.js');
  });
});

describe('broken builds', () => {
  it('have names of their own', () => {
    const names = BROKEN_BUILDS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(BROKEN_BUILDS)(
    '$name says what catches it, where, and how',
    ({ caughtBy, dialects, replacements, needs }) => {
      expect([caughtBy.length, dialects.length, replacements.length, needs.length]).not.toContain(0);
    },
  );
});

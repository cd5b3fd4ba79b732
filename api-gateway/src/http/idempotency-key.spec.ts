import { idempotencyKeyOf } from './idempotency-key.js';

describe('idempotencyKeyOf', () => {
  it.each([
    ['8e03978e-40d5-43e8-bc93-6894a57f9324', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
    ['"8e03978e-40d5-43e8-bc93-6894a57f9324"', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    ['a"b', 'a"b'],
    ['~'.repeat(255), '~'.repeat(255)],
  ])('reads %s', (header, key) => expect(idempotencyKeyOf(header)).toBe(key));

  it('is absent where there is no header', () => expect(idempotencyKeyOf(undefined)).toBeUndefined());

  it.each([
    ['empty', ''],
    ['empty in quotes', '""'],
    ['a space', 'a b'],
    ['a space in quotes', '"a b"'],
    ['no closing quote', '"abc'],
    ['something after the quotes', '"abc";x=1'],
    ['a quote in the middle', '"a"b"'],
    ['an unknown escape', '"a\\b"'],
    ['too long', 'k'.repeat(256)],
    ['not ASCII', 'clé'],
    ['a control character', 'a\u0007b'],
    ['two headers, as Node joins them', 'one, two'],
  ])('refuses a key that is %s', (_name, header) => {
    expect(() => idempotencyKeyOf(header)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        extras: { faults: [{ header: 'Idempotency-Key', detail: expect.stringContaining('1 to 255') }] },
      }),
    );
  });
});

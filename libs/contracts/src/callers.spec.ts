import { callerSchema, clientIdSchema } from './callers.js';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

describe('a client', () => {
  it.each<[unknown, boolean]>([
    ['shop', true],
    ['shop.eu_1-a', true],
    ['s'.repeat(64), true],
    ['s'.repeat(65), false],
    ['__proto__', true],
    ['shop:other', false],
    ['shop other', false],
    ['', false],
    ['shop\n', false],
    ['shop\u0000', false],
    ['../shop', false],
    ['магазин', false],
    [7, false],
    [['shop'], false],
    [null, false],
    [undefined, false],
  ])('%j is one: %s', (value, is) => {
    expect(accepts(clientIdSchema, value)).toBe(is);
  });
});

describe('a caller', () => {
  it.each<[unknown, boolean]>([
    [{ role: 'client', clientId: 'shop' }, true],
    [{ role: 'operator', clientId: 'ops' }, true],
    [{ role: 'OPERATOR', clientId: 'ops' }, false],
    [{ role: 'admin', clientId: 'ops' }, false],
    [{ role: '__proto__', clientId: 'ops' }, false],
    [{ role: ['operator'], clientId: 'ops' }, false],
    [{ role: null, clientId: 'ops' }, false],
    [{ role: 'operator' }, false],
    [{ role: 'operator', clientId: null }, false],
    [{ clientId: 'shop' }, false],
    ['shop', false],
    [null, false],
  ])('%j is one: %s', (value, is) => {
    expect(accepts(callerSchema, value)).toBe(is);
  });

  it('gets no role from the prototype of a message', () => {
    const message: unknown = JSON.parse('{"clientId":"shop","__proto__":{"role":"operator"}}');
    expect(accepts(callerSchema, message)).toBe(false);
  });
});

import { findApiKeys, hashedApiKeys, keyOf, makeApiKeys, parseApiKeys } from './api-keys.js';

describe('API keys', () => {
  it('are read as the gateway reads them', () => {
    expect(parseApiKeys('client:shop:abc, operator:ops:d:e')).toEqual([
      { role: 'client', client: 'shop', secret: 'abc' },
      { role: 'operator', client: 'ops', secret: 'd:e' },
    ]);
  });

  it('are used where their secrets are there, and not only their hashes', () => {
    const keys = parseApiKeys(`operator:a:sha256:${'0'.repeat(64)},operator:b:abc,client:c:sha256:${'0'.repeat(64)}`);
    expect(keys).toHaveLength(3);
    expect(keyOf({ keys }, 'operator')).toEqual({ role: 'operator', client: 'b', secret: 'abc' });
    expect(keyOf({ keys }, 'client')).toBeUndefined();
  });

  it('are given to the gateway as hashes, by which it knows them, and those that are hashes as they are', () => {
    // As `printf '%s' abc | sha256sum` has it.
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    const keys = parseApiKeys(`client:shop:abc,operator:ops:sha256:${'0'.repeat(64)}`);
    expect(hashedApiKeys(keys)).toBe(`client:shop:sha256:${abc},operator:ops:sha256:${'0'.repeat(64)}`);
  });

  it('that somebody gives are for the gateway to judge: they are passed on as they are', () => {
    const value = 'client:shop:short, root:ops';
    expect(findApiKeys({ API_KEYS: value }, 'nowhere')).toMatchObject({ value, madeHere: false });
  });

  it.each(['', 'client', 'client:shop'])('are none in %j', (value) => {
    expect(parseApiKeys(value)).toEqual([]);
  });

  it('are made one for a client and one for an operator, different each time', () => {
    const keys = parseApiKeys(makeApiKeys());
    expect(keys.map(({ role }) => role)).toEqual(['client', 'operator']);
    expect(new Set([...keys, ...parseApiKeys(makeApiKeys())].map(({ secret }) => secret)).size).toBe(4);
    for (const { secret } of keys) expect(secret).toMatch(/^[\w-]{32}$/);
  });
});

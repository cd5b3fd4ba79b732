import { makeApiKeys, parseApiKeys } from './api-keys.js';

describe('API keys', () => {
  it('are read as the gateway reads them', () => {
    expect(parseApiKeys('client:shop:abc, operator:ops:d:e')).toEqual([
      { role: 'client', client: 'shop', secret: 'abc' },
      { role: 'operator', client: 'ops', secret: 'd:e' },
    ]);
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

import { KeyRing, parseApiKeys } from './api-keys.js';

const SECRET = 'a-secret-of-length-24-xy';

describe('parseApiKeys', () => {
  it('reads several keys, also two of one client', () => {
    const { keys, problems } = parseApiKeys(`client:shop:${SECRET}1, client:shop:${SECRET}2,operator:ops:${SECRET}3==`);
    expect(problems).toEqual([]);
    expect(keys.map(({ principal }) => principal)).toEqual([
      { role: 'client', clientId: 'shop' },
      { role: 'client', clientId: 'shop' },
      { role: 'operator', clientId: 'ops' },
    ]);
  });

  it('keeps digests and no secrets', () => {
    const [key] = parseApiKeys(`client:shop:${SECRET}`).keys;
    expect(key?.digest).toHaveLength(32);
    expect(JSON.stringify(key)).not.toContain(SECRET);
  });

  it.each([
    ['nothing', '', 'entry 1: must be role:client:secret'],
    ['no secret', 'client:shop', 'entry 1: must be role:client:secret'],
    ['an empty secret', 'client:shop:', 'entry 1: must be role:client:secret'],
    ['another role', `admin:shop:${SECRET}`, 'entry 1: the role must be client or operator'],
    ['a bad client', `client:a shop:${SECRET}`, 'entry 1: the client must be 1 to 64 letters'],
    ['a short secret', 'client:shop:fifteen-letters', 'entry 1: the secret has fewer than 16 characters'],
    ['a secret that no header can carry', `client:shop:${SECRET}:x`, 'entry 1: the secret may hold letters'],
    ['a comma too many', `client:shop:${SECRET},`, 'entry 2: must be role:client:secret'],
    ['a secret twice', `client:a:${SECRET},client:b:${SECRET}`, 'entries 1 and 2 have the same secret'],
  ])('refuses %s', (_name, text, problem) => {
    const { problems } = parseApiKeys(text);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it('never quotes what may be a secret, wherever it stands', () => {
    for (const text of [`${SECRET}:shop:client`, `client:${SECRET} :x`, `x:${SECRET}`, `client:shop:${SECRET}é`]) {
      const { problems } = parseApiKeys(text);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join()).not.toContain(SECRET);
    }
  });
});

describe('KeyRing', () => {
  const ring = new KeyRing(parseApiKeys(`client:shop:${SECRET}1,operator:ops:${SECRET}2`).keys);

  it('knows whose secret it is', () => {
    expect(ring.authenticate(`${SECRET}1`)).toEqual({ role: 'client', clientId: 'shop' });
    expect(ring.authenticate(`${SECRET}2`)).toEqual({ role: 'operator', clientId: 'ops' });
  });

  it.each(['', SECRET, `${SECRET}3`, `${SECRET}1 `, `${SECRET.toUpperCase()}1`])('does not know "%s"', (secret) => {
    expect(ring.authenticate(secret)).toBeUndefined();
  });
});

import { KeyRing, parseApiKeys } from './api-keys.js';

const SECRET = 'a-secret-of-length-24-xy';

// printf %s a-secret-of-length-24-xy | sha256sum
const HASH = '9f22cbe282fa026f7e41a0bed0b91255f3b9adac660f3b63b2c112fd43a59117';

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
    ['a hash that is too short', `client:shop:sha256:${HASH.slice(1)}`, 'entry 1: sha256: must be followed by 64'],
    ['a hash that is none', `client:shop:sha256:${HASH.slice(1)}g`, 'entry 1: sha256: must be followed by 64'],
    ['a hash with more behind it', `client:shop:sha256:${HASH}  -`, 'entry 1: sha256: must be followed by 64'],
    ['a secret beside its hash', `client:a:${SECRET},client:b:sha256:${HASH}`, 'entries 1 and 2 have the same secret'],
    ['a secret twice', `client:a:${SECRET},client:b:${SECRET}`, 'entries 1 and 2 have the same secret'],
  ])('refuses %s', (_name, text, problem) => {
    const { problems } = parseApiKeys(text);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it('never quotes what may be a secret, wherever it stands', () => {
    for (const text of [
      `sha256:${SECRET}:shop`,
      `client:shop:sha256:${SECRET}`,
      `${SECRET}:shop:client`,
      `client:${SECRET} :x`,
      `x:${SECRET}`,
      `client:shop:${SECRET}é`,
    ]) {
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

  it.each([HASH, HASH.toUpperCase()])('knows a secret by its hash alone: %s', (hash) => {
    const hashed = new KeyRing(parseApiKeys(`operator:ops:sha256:${hash}`).keys);
    expect(hashed.authenticate(SECRET)).toEqual({ role: 'operator', clientId: 'ops' });
    for (const guess of [HASH, `sha256:${HASH}`, `${SECRET}1`]) expect(hashed.authenticate(guess)).toBeUndefined();
  });

  it.each(['', SECRET, `${SECRET}3`, `${SECRET}1 `, `${SECRET.toUpperCase()}1`])('does not know "%s"', (secret) => {
    expect(ring.authenticate(secret)).toBeUndefined();
  });
});

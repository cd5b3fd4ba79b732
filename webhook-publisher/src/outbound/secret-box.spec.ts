import { randomBytes } from 'node:crypto';
import { AesSecretBox, parseEncryptionKeys } from './secret-box.js';

const aKey = (): string => randomBytes(32).toString('base64');

const boxOf = (...keys: string[]): AesSecretBox => new AesSecretBox(parseEncryptionKeys(keys.join(',')).keys);

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

describe('a secret box', () => {
  const box = boxOf(aKey());

  it.each([SECRET, '', 'ü'.repeat(5_000)])('opens what it has sealed', (secret) => {
    expect(box.open(box.seal(secret, 'owner'), 'owner')).toBe(secret);
  });

  it('seals the same secret differently every time, and shows nothing of it', () => {
    const sealed = Array.from({ length: 50 }, () => box.seal(SECRET, 'owner'));
    expect(new Set(sealed).size).toBe(50);
    for (const text of sealed) expect(text).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{88}$/);
  });

  it('does not open what belongs to another', () => {
    const sealed = box.seal(SECRET, 'owner');
    for (const owner of ['other', '', 'owner ']) expect(() => box.open(sealed, owner)).toThrow('not of this row');
  });

  it('does not open what was changed, wherever', () => {
    const sealed = box.seal(SECRET, 'owner');
    const [version, keyId, content = ''] = sealed.split('.');
    const bytes = Buffer.from(content, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(() => box.open(`${version}.${keyId}.${changed.toString('base64url')}`, 'owner')).toThrow('was changed');
    }
    for (const length of [0, 1, 27, bytes.length - 1]) {
      const cut = bytes.subarray(0, length).toString('base64url');
      expect(() => box.open(`${version}.${keyId}.${cut}`, 'owner')).toThrow('was changed');
    }
    for (const text of ['', 'v2.00000000.AAAA', SECRET]) expect(() => box.open(text, 'owner')).toThrow('was changed');
  });

  it('says which variable to look at when the key is not there', () => {
    const sealed = box.seal(SECRET, 'owner');
    const keyId = sealed.split('.')[1];
    expect(() => boxOf(aKey()).open(sealed, 'owner')).toThrow(`key ${keyId}, which is not in WEBHOOK_ENCRYPTION_KEY`);
  });
});

describe('several keys', () => {
  const [old, fresh] = [aKey(), aKey()];

  it('open what any of them has sealed, and the first seals', () => {
    const before = boxOf(old).seal(SECRET, 'owner');
    const rotating = boxOf(fresh, old);
    expect(rotating.open(before, 'owner')).toBe(SECRET);
    const after = rotating.seal(SECRET, 'owner');
    expect(boxOf(fresh).open(after, 'owner')).toBe(SECRET);
    expect(() => boxOf(old).open(after, 'owner')).toThrow('WEBHOOK_ENCRYPTION_KEY');
  });

  it('are read with spaces between them', () => {
    expect(parseEncryptionKeys(` ${fresh} , ${old} `)).toHaveProperty('keys.length', 2);
  });

  it.each([
    ['nothing', ''],
    ['too few bytes', randomBytes(31).toString('base64')],
    ['too many bytes', randomBytes(33).toString('base64')],
    ['hexadecimal', randomBytes(32).toString('hex')],
    ['base64url', `${'-_'.repeat(21)}A=`],
    ['an empty one among others', `${aKey()},`],
    ['a wrong one among others', `${aKey()},${randomBytes(16).toString('base64')}`],
  ])('are refused without being quoted: %s', (_name, text) => {
    const { keys, problems } = parseEncryptionKeys(text);
    expect(keys).toEqual([]);
    expect(problems).toEqual([expect.stringContaining('must be base64 of 32 bytes')]);
    for (const part of text.split(',').filter(Boolean)) expect(problems.join()).not.toContain(part);
    expect(() => new AesSecretBox(keys)).toThrow('WEBHOOK_ENCRYPTION_KEY has no key');
  });

  it('are counted where one is wrong', () => {
    expect(parseEncryptionKeys(`${old},x,${fresh}`)).toMatchObject({
      problems: [expect.stringContaining('key 2 of 3')],
    });
  });
});

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { type SecretBox } from '../app/ports.js';

/** A key and the id by which what it has sealed is known. */
export interface SealingKey {
  id: string;
  key: KeyObject;
}

/** The keys of a text, and what is wrong with it, in words that quote none of it. */
export interface ParsedKeys {
  keys: SealingKey[];
  problems: string[];
}

const VARIABLE = 'WEBHOOK_ENCRYPTION_KEY';
const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;

// NIST SP 800-38D: 96 bits, drawn anew each time, and a tag of 128.
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const KEY_FORM = /^[A-Za-z0-9+/]{43}=$/;

/**
 * The keys of `WEBHOOK_ENCRYPTION_KEY`: base64 of 32 bytes, or several, separated by commas. The first seals, all open,
 * so that a new key can be put before an old one.
 */
export function parseEncryptionKeys(text: string): ParsedKeys {
  const parts = text.split(',').map((part) => part.trim());
  const problems = parts.flatMap((part, index) => (KEY_FORM.test(part) ? [] : [problemOf(index, parts.length)]));
  return { keys: problems.length > 0 ? [] : parts.map(keyOf), problems };
}

function problemOf(index: number, count: number): string {
  const which = count === 1 ? '' : ` (key ${index + 1} of ${count})`;
  return `must be base64 of ${KEY_BYTES} bytes${which}; openssl rand -base64 ${KEY_BYTES} makes one`;
}

function keyOf(text: string): SealingKey {
  const bytes = Buffer.from(text, 'base64');
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), key: createSecretKey(bytes) };
}

/**
 * AES-256-GCM. What is sealed reads `v1.<key id>.<base64url of nonce, text and tag>`, and is bound to its owner: it does
 * not open in another's row.
 */
export class AesSecretBox implements SecretBox {
  private readonly sealing: SealingKey;
  private readonly opening: ReadonlyMap<string, KeyObject>;

  /** @param keys the first seals, all open. */
  constructor(keys: readonly SealingKey[]) {
    const [first] = keys;
    if (!first) throw new Error(`${VARIABLE} has no key`);
    this.sealing = first;
    this.opening = new Map(keys.map(({ id, key }) => [id, key]));
  }

  seal(secret: string, owner: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.sealing.key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(owner, 'utf8'));
    const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${this.sealing.id}.${sealed.toString('base64url')}`;
  }

  open(sealed: string, owner: string): string {
    const [version, keyId = '', content = ''] = sealed.split('.');
    if (version !== VERSION) throw new Error(`a stored secret is not of the form ${VERSION}: it was changed`);
    const key = this.opening.get(keyId);
    if (!key)
      throw new Error(`a stored secret was sealed with key ${keyId}, which is not in ${VARIABLE}: add it there`);
    const bytes = Buffer.from(content, 'base64url');
    if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error('a stored secret is too short: it was changed');
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(owner, 'utf8'));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new Error('a stored secret does not open: it was changed, or is not of this row', { cause });
    }
  }
}

import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

/** What the Standard Webhooks specification signs. */
export interface SignedContent {
  /** The `webhook-id`: the same at every attempt. */
  id: string;
  /** The `webhook-timestamp`: unix seconds of this attempt. */
  timestamp: number;
  /** The body, as it is sent. */
  body: string;
}

/** A secret, decoded once and kept by the caller. A KeyObject shows no key material in a log. */
export type SigningKey = KeyObject;

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new secret: `whsec_` and the base64 of 32 random bytes. */
export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/**
 * The key of a secret such as `newSecret` makes.
 *
 * @throws Error, without the secret in it, when the text is no such secret.
 */
export function signingKeyOf(secret: string): SigningKey {
  const encoded = secret.slice(PREFIX.length);
  const bytes = Buffer.from(encoded, 'base64');
  // Buffer.from skips what is not base64: a damaged secret would sign with another key than its subscriber verifies with.
  if (!secret.startsWith(PREFIX) || bytes.length === 0 || bytes.toString('base64') !== encoded) {
    throw new Error('a webhook secret is whsec_ and base64');
  }
  return createSecretKey(bytes);
}

/**
 * The `webhook-signature` header: one signature per key, separated by spaces, in the order of the keys. While a secret is
 * rotated there are several, the newest first; a subscriber accepts any of them.
 */
export function signaturesOf({ id, timestamp, body }: SignedContent, keys: readonly SigningKey[]): string {
  const content = `${id}.${timestamp}.${body}`;
  return keys.map((key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`).join(' ');
}

import { bytesOfBase64 } from './webhook-secrets.ts';

/** Standard Webhooks: five minutes either way, for clocks that differ and against a callback that is sent again later. */
export const TOLERANCE_SECONDS = 5 * 60;

const SHA256_BYTES = 32;

export type SignatureFault =
  | 'a webhook header is missing'
  | 'the timestamp is not a number'
  | 'the timestamp is too old'
  | 'the timestamp is too new'
  | 'no signature matches';

/** `nowSeconds` in Unix seconds; `body` as it came over the wire, before any decoding. */
export interface SignedCallback {
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
  keys: readonly Uint8Array<ArrayBuffer>[];
  nowSeconds: number;
}

/**
 * Verifies the headers `webhook-id`, `webhook-timestamp` and `webhook-signature` against the body (standardwebhooks.com,
 * HMAC-SHA256 of `id.timestamp.body`). Each key is tried against each signature: while a secret is rotated there are two of
 * either.
 *
 * @returns what is wrong, or undefined where the callback is genuine.
 */
export async function findSignatureFault(callback: SignedCallback): Promise<SignatureFault | undefined> {
  const id = callback.headers.get('webhook-id');
  const timestamp = callback.headers.get('webhook-timestamp');
  const signatures = callback.headers.get('webhook-signature');
  if (!id || !timestamp || !signatures) return 'a webhook header is missing';

  const fault = findTimestampFault(timestamp, callback.nowSeconds);
  if (fault) return fault;

  const claimed = readSignatures(signatures);
  const message = concatenate(new TextEncoder().encode(`${id}.${timestamp}.`), callback.body);
  for (const key of callback.keys) {
    const expected = await hmacSha256(key, message);
    if (claimed.some((signature) => areEqual(signature, expected))) return undefined;
  }
  return 'no signature matches';
}

function findTimestampFault(timestamp: string, nowSeconds: number): SignatureFault | undefined {
  if (!/^\d{1,12}$/.test(timestamp)) return 'the timestamp is not a number';
  const age = nowSeconds - Number(timestamp);
  if (age > TOLERANCE_SECONDS) return 'the timestamp is too old';
  return age < -TOLERANCE_SECONDS ? 'the timestamp is too new' : undefined;
}

// Other versions (v1a is asymmetric) may stand beside ours and are none of our business.
const readSignatures = (header: string): Uint8Array[] =>
  header.split(' ').flatMap((entry) => {
    const [version, base64, ...rest] = entry.split(',');
    const bytes = version === 'v1' && base64 !== undefined && rest.length === 0 ? bytesOfBase64(base64) : undefined;
    return bytes?.length === SHA256_BYTES ? [bytes] : [];
  });

async function hmacSha256(key: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}

/** In a time that does not depend on where they differ, which would let a forger find a signature byte by byte. */
function areEqual(left: Uint8Array, right: Uint8Array): boolean {
  let difference = 0;
  for (let index = 0; index < SHA256_BYTES; index++) difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
  return difference === 0;
}

function concatenate(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(head.length + tail.length);
  all.set(head);
  all.set(tail, head.length);
  return all;
}

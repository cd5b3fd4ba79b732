import { createHmac, timingSafeEqual } from 'node:crypto';
import { type IncomingHttpHeaders } from 'node:http';

/** Five minutes, as the libraries of the Standard Webhooks specification have it: an older callback may be a replay. */
const TOLERANCE_S = 300;

/**
 * Verifies a callback by hand (standardwebhooks.com): HMAC-SHA256 of `id.timestamp.body`, keyed with the bytes behind
 * `whsec_`. While a secret is rotated there are several signatures, and one has to hold.
 *
 * @returns what is wrong, or undefined where the callback is genuine.
 */
export function signatureFault(
  headers: IncomingHttpHeaders,
  body: string,
  secret: string,
  nowSeconds: number,
): string | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return 'a webhook header is missing';
  }
  if (!(Math.abs(nowSeconds - Number(timestamp)) <= TOLERANCE_S)) return 'its timestamp is not of now';
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  const holds = signatures.split(' ').some((signature) => {
    const claimed = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return signature.startsWith('v1,') && claimed.length === expected.length && timingSafeEqual(claimed, expected);
  });
  return holds ? undefined : 'no signature holds';
}

import { createHash } from 'node:crypto';
import { type Caller } from '@holdfast/contracts';

/**
 * Tells whether two requests with the same idempotency key ask for the same: the same operation, as the same kind of
 * caller, with the same of everything else that they say.
 */
export function requestFingerprint(
  operation: string,
  { caller, idempotencyKey: _, ...said }: { caller: Caller; idempotencyKey?: string | undefined },
): string {
  const fields = Object.entries(said)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([operation, caller.role, fields]))
    .digest('base64url');
}

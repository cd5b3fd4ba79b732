import { createHash } from 'node:crypto';
import { isUuid } from '@holdfast/contracts';
import { type ListPosition, type OrderFilter } from './order-lists.ports.js';

// 64 bits: nobody meets an equal fingerprint by accident, and who makes one sees no more than with the filters it is for.
const FINGERPRINT_BYTES = 8;

const FORM = /^([0-9]{1,16})\.([0-9a-f-]{36})\.([A-Za-z0-9_-]{11})$/;

/** The cursor of the page behind a position: opaque to callers, and only good for the filters that it was given for. */
export const cursorAfter = ({ createdAt, id }: ListPosition, filter: OrderFilter): string =>
  Buffer.from(`${createdAt}.${id}.${fingerprintOf(filter)}`).toString('base64url');

/** The position in a cursor, or undefined when it is none that a page of these filters gave. */
export function positionIn(cursor: string, filter: OrderFilter): ListPosition | undefined {
  const [, createdAt, id, fingerprint] = FORM.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (createdAt === undefined || id === undefined || !isUuid(id) || fingerprint !== fingerprintOf(filter)) return;
  const position = { createdAt: Number(createdAt), id };
  // Node's decoder skips what is not base64url; encoding again shows whether it did.
  return cursorAfter(position, filter) === cursor ? position : undefined;
}

function fingerprintOf({ clientId, status, productNames, reference, from, to }: OrderFilter): string {
  const names = productNames && [...productNames].sort();
  return createHash('sha256')
    .update(JSON.stringify([clientId, status, names, reference, from, to]))
    .digest()
    .subarray(0, FINGERPRINT_BYTES)
    .toString('base64url');
}

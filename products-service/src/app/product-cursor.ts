import { skuSchema } from '@holdfast/contracts';

/** The cursor of the page behind a sku: opaque to callers, so that its meaning may change. */
export const cursorAfter = (sku: string): string => Buffer.from(sku, 'utf8').toString('base64url');

/** The sku in a cursor, or undefined when it is none of ours. */
export function skuOf(cursor: string): string | undefined {
  const sku = Buffer.from(cursor, 'base64url').toString('utf8');
  // Node's decoder skips what is not base64url; encoding again shows whether it did.
  return skuSchema.safeParse(sku).success && cursorAfter(sku) === cursor ? sku : undefined;
}

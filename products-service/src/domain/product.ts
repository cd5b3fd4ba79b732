import { createHash } from 'node:crypto';
import { isUuid, type Money, newId, type ProductDescription, type ProductView } from '@holdfast/contracts';

export interface Product {
  id: string;
  sku: string;
  name: string;
  price: Money;
  /** Units that can be ordered. */
  available: number;
  /** Units that orders hold. */
  reserved: number;
  supplierId: string | null;
  lowStockThreshold: number | null;
  /** Unix milliseconds. */
  createdAt: number;
  updatedAt: number;
  /** Counts every change, those of the stock included. */
  version: number;
  /** Counts the changes of what an operator says of the product. */
  catalogueVersion: number;
}

/** How a buyer names a product: by its id, or by its sku, which never has the form of an id. */
export type ProductKey = { id: string } | { sku: string };

/** Ids are stored in lower case and may be written in any (RFC 9562, section 4); skus are taken literally. */
export const productKey = (ref: string): ProductKey => (isUuid(ref) ? { id: ref.toLowerCase() } : { sku: ref });

/** A product that enters the catalogue, with all of its stock for sale. */
export function newProduct(description: ProductDescription, now: number): Product {
  const { sku, name, price, stock, supplierId, lowStockThreshold } = description;
  return {
    id: newId(),
    sku,
    name,
    price,
    available: stock,
    reserved: 0,
    supplierId: supplierId ?? null,
    lowStockThreshold: lowStockThreshold ?? null,
    createdAt: now,
    updatedAt: now,
    version: 1,
    catalogueVersion: 1,
  };
}

/** Tells whether two descriptions say the same, whatever has become of the product since. */
export function fingerprintOf(description: ProductDescription): string {
  const { sku, name, price, stock, supplierId = null, lowStockThreshold = null } = description;
  return createHash('sha256')
    .update(JSON.stringify([sku, name, price.amount, price.currency, stock, supplierId, lowStockThreshold]))
    .digest('base64url');
}

/** The product as callers see it. */
export function viewOf({ available, reserved, createdAt, updatedAt, ...product }: Product): ProductView {
  return {
    ...product,
    stock: { onHand: available + reserved, reserved, available },
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}

import { type CreateProduct, isUuid, type Money, newId, type ProductView } from '@holdfast/contracts';

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
  version: number;
}

/** How a buyer names a product: by its id, or by its sku, which never has the form of an id. */
export type ProductKey = { id: string } | { sku: string };

/** Ids are stored in lower case and may be written in any (RFC 9562, section 4); skus are taken literally. */
export const productKey = (ref: string): ProductKey => (isUuid(ref) ? { id: ref.toLowerCase() } : { sku: ref });

/** A product that enters the catalogue, with all of its stock for sale. */
export function newProduct(request: CreateProduct, now: number): Product {
  const { sku, name, price, stock, supplierId, lowStockThreshold } = request;
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
  };
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

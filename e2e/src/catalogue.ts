import { type ProductRequest } from './api-client.js';
import { type System } from './system.js';

export const MUG: ProductRequest = {
  sku: 'MUG',
  name: 'Mug',
  price: { amount: 1_250, currency: 'EUR' },
  stock: 1_000_000,
};
export const LAMP: ProductRequest = {
  sku: 'LAMP',
  name: 'Desk lamp',
  price: { amount: 4_900, currency: 'EUR' },
  stock: 1_000_000,
};
/** Runs out while others are sold, so that both outcomes happen all the time. */
export const RARE: ProductRequest = {
  sku: 'RARE',
  name: 'Rare print',
  price: { amount: 99_00, currency: 'EUR' },
  stock: 300,
};

export const CATALOGUE = [MUG, LAMP, RARE] as const;

/** Takes products into the catalogue of a system that is ready. */
export async function stock(system: System, ...products: readonly ProductRequest[]): Promise<void> {
  for (const product of products) {
    const { status, text } = await system.operator().createProduct(product);
    if (status !== 201) throw new Error(`${product.sku} was not created: ${status} ${text}`);
  }
}

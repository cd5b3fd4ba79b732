import { type Product } from '../domain/product.js';

/** A row of `products`, columns in camel case. */
export interface ProductRow extends Omit<Product, 'price'> {
  priceAmount: number;
  priceCurrency: string;
}

export function productOf({ priceAmount, priceCurrency, ...rest }: ProductRow): Product {
  return { ...rest, price: { amount: priceAmount, currency: priceCurrency } };
}

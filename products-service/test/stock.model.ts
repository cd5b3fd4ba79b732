import { type Money } from '@holdfast/contracts';

export interface ModelledProduct {
  price: Money;
  stock: number;
  available: number;
  /** Which message made it. */
  madeBy: number;
}

export type ModelledLine = { sku: string; quantity: number };
export type ModelledOutcome = { reserved: true; total: Money } | { reserved: false; reason: string };

/** The stock rules in their simplest form, in memory, one message after the other: what the service must agree with. */
export class StockModel {
  readonly products = new Map<string, ModelledProduct>();
  readonly outcomes = new Map<string, ModelledOutcome>();
  /** Questions of orders that have their outcome already. */
  repeats = 0;

  /** @returns whether the message has made the product, now or before. */
  create(message: number, sku: string, price: Money, stock: number): boolean {
    if (!this.products.has(sku)) this.products.set(sku, { price, stock, available: stock, madeBy: message });
    return this.products.get(sku)?.madeBy === message;
  }

  reserve(orderId: string, lines: readonly ModelledLine[]): void {
    if (this.outcomes.has(orderId)) this.repeats += 1;
    else this.outcomes.set(orderId, this.decide(lines));
  }

  private decide(lines: readonly ModelledLine[]): ModelledOutcome {
    const wanted = lines.map((line) => ({ ...line, product: this.products.get(line.sku) }));
    const known = wanted.flatMap(({ product, ...line }) => (product ? [{ ...line, product }] : []));
    if (known.length < wanted.length) return { reserved: false, reason: 'UNKNOWN_PRODUCT' };
    const currencies = known.map(({ product }) => product.price.currency);
    if (currencies.some((currency) => currency !== currencies[0])) {
      return { reserved: false, reason: 'MIXED_CURRENCIES' };
    }
    const demandOf = (sku: string) =>
      known.filter((line) => line.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0);
    if (known.some(({ sku, product }) => demandOf(sku) > product.available)) {
      return { reserved: false, reason: 'OUT_OF_STOCK' };
    }
    for (const { product, quantity } of known) product.available -= quantity;
    const amount = known.reduce((sum, { product, quantity }) => sum + product.price.amount * quantity, 0);
    return { reserved: true, total: { amount, currency: currencies[0] ?? '' } };
  }
}

import { type Money } from '@holdfast/contracts';

export interface ModelledProduct {
  price: Money;
  /** Units that there are in all: those for sale and those that orders hold. */
  stock: number;
  available: number;
  lowStockThreshold: number | null;
  /** Which message made it. */
  madeBy: number;
}

export type ModelledLine = { sku: string; quantity: number };
export type ModelledOutcome = { reserved: true; total: Money } | { reserved: false; reason: string };

/** What an order holds, by sku, until it is released. */
interface ModelledReservation {
  outcome: ModelledOutcome;
  held: Map<string, number>;
  released: boolean;
}

/** The stock rules in their simplest form, in memory, one message after the other: what the service must agree with. */
export class StockModel {
  readonly products = new Map<string, ModelledProduct>();
  readonly reservations = new Map<string, ModelledReservation>();
  /** Skus, each as often as it has become low. */
  readonly lows: string[] = [];
  /** Questions that are answered already. */
  repeats = 0;

  /** @returns whether the message has made the product, now or before. */
  create(
    message: number,
    sku: string,
    { price, stock, lowStockThreshold }: Omit<ModelledProduct, 'available' | 'madeBy'>,
  ): boolean {
    const isNew = !this.products.has(sku);
    if (isNew) this.products.set(sku, { price, stock, available: stock, lowStockThreshold, madeBy: message });
    return this.products.get(sku)?.madeBy === message;
  }

  reserve(orderId: string, lines: readonly ModelledLine[]): void {
    if (this.reservations.has(orderId)) this.repeats += 1;
    else this.reservations.set(orderId, { ...this.decide(lines), released: false });
  }

  release(orderId: string): void {
    const reservation = this.reservations.get(orderId);
    if (reservation?.released) this.repeats += 1;
    else if (reservation) {
      for (const [sku, quantity] of reservation.held) this.move(sku, quantity);
      reservation.released = true;
    } else {
      const outcome = { reserved: false as const, reason: 'ORDER_CANCELLED' };
      this.reservations.set(orderId, { outcome, held: new Map(), released: true });
    }
  }

  /** @returns why it is refused, if it is. */
  adjust(sku: string, delta: number): string | undefined {
    const product = this.products.get(sku);
    if (!product) return 'PRODUCT_NOT_FOUND';
    if (product.available + delta < 0) return 'STOCK_NOT_ADJUSTABLE';
    product.stock += delta;
    this.move(sku, delta);
    return undefined;
  }

  /** @returns why it is refused, if it is. */
  change(sku: string, lowStockThreshold: number | null): string | undefined {
    const product = this.products.get(sku);
    if (!product) return 'PRODUCT_NOT_FOUND';
    const before = isLow(product);
    product.lowStockThreshold = lowStockThreshold;
    if (!before && isLow(product)) this.lows.push(sku);
    return undefined;
  }

  private move(sku: string, delta: number): void {
    const product = this.products.get(sku);
    if (!product) return;
    const before = isLow(product);
    product.available += delta;
    if (!before && isLow(product)) this.lows.push(sku);
  }

  private decide(lines: readonly ModelledLine[]): Pick<ModelledReservation, 'outcome' | 'held'> {
    const wanted = lines.map((line) => ({ ...line, product: this.products.get(line.sku) }));
    const known = wanted.flatMap(({ product, ...line }) => (product ? [{ ...line, product }] : []));
    if (known.length < wanted.length) return refused('UNKNOWN_PRODUCT');
    const currencies = known.map(({ product }) => product.price.currency);
    if (currencies.some((currency) => currency !== currencies[0])) {
      return refused('MIXED_CURRENCIES');
    }
    const demandOf = (sku: string) =>
      known.filter((line) => line.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0);
    if (known.some(({ sku, product }) => demandOf(sku) > product.available)) {
      return refused('OUT_OF_STOCK');
    }
    const held = new Map(known.map(({ sku }) => [sku, demandOf(sku)]));
    for (const [sku, quantity] of held) this.move(sku, -quantity);
    const amount = known.reduce((sum, { product, quantity }) => sum + product.price.amount * quantity, 0);
    return { outcome: { reserved: true, total: { amount, currency: currencies[0] ?? '' } }, held };
  }
}

const isLow = ({ available, lowStockThreshold }: ModelledProduct): boolean =>
  lowStockThreshold !== null && available <= lowStockThreshold;

const refused = (reason: string): { outcome: ModelledOutcome; held: Map<string, number> } => ({
  outcome: { reserved: false, reason },
  held: new Map(),
});

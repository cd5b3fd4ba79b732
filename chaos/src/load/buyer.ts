import { type SeededRandom } from '@holdfast/testing';
import { type Sighting } from '../history/history.js';
import { HOT, PLENTY, RARE } from './catalogue.js';
import { insist, LoadFailure, type Patience, TRY_AGAIN } from './insist.js';
import { type OrderLine, type ShopClient, UNKNOWN } from './shop-client.js';

export interface Purchase {
  key: string;
  items: OrderLine[];
}

/** What all buyers of a round know of each other: one looks at, repeats and cancels what another has ordered, too. */
export interface Known {
  orders: string[];
  purchases: Purchase[];
  /** A purchase has become an order. */
  accepted(): void;
}

/**
 * Orders, looks, repeats and cancels. What a buyer does, and what it orders, is drawn by its own chance, one act after the
 * other, whatever the answers and however long they take; only which of the latest orders it looks at, repeats or cancels
 * depends on which ones there are by then.
 */
export class Buyer {
  private purchases = 0;

  /** @param name begins the keys of its purchases; unique in a run. */
  constructor(
    private readonly name: string,
    private readonly random: SeededRandom,
    private readonly shop: Pick<ShopClient, 'place' | 'read' | 'cancel'>,
    private readonly known: Known,
    private readonly patience: Patience,
  ) {}

  async act(): Promise<void> {
    const dice = this.random.between(1, 20);
    // Whoever has ordered knows of an order: this must not depend on how quick the others are.
    const first = this.purchases === 0;
    if (dice <= 3 && !first) return this.look(this.recent(this.known.orders));
    if (dice === 4 && !first) return this.cancel(this.recent(this.known.orders));
    // A client that has forgotten that it has ordered.
    if (dice === 5 && !first) return void (await this.place(this.recent(this.known.purchases)));
    await this.order(dice === 6 ? 2 : 1, dice === 7);
  }

  /** @param times an impatient buyer sends the same request twice at once. */
  private async order(times: number, isRegretted: boolean): Promise<void> {
    const purchase = { key: `${this.name}-${this.purchases}`, items: this.anyItems() };
    this.purchases += 1;
    this.known.purchases.push(purchase);
    const [order] = await Promise.all(Array.from({ length: times }, () => this.place(purchase)));
    this.known.accepted();
    // At once: the cancellation and the news of the stock are under way at the same time.
    if (isRegretted && order) await this.cancel(order.id);
  }

  private async place({ key, items }: Purchase): Promise<Sighting | undefined> {
    const { order } = await insist(`order ${key}`, [201], this.patience, () => this.shop.place(key, items));
    if (order) this.known.orders.push(order.id);
    return order;
  }

  private async look(id: string): Promise<void> {
    await insist(`reading ${id}`, [200], this.patience, () => this.shop.read(id));
  }

  /** One that was rejected cannot be cancelled, and the buyer has not looked before. */
  private async cancel(id: string): Promise<void> {
    const outcome = await this.shop.cancel(id);
    if (outcome === UNKNOWN || [200, ...TRY_AGAIN].includes(outcome.status)) return;
    throw new LoadFailure(`cancelling ${id}: ${outcome.status} ${outcome.code ?? ''}`);
  }

  /** Of the last two hundred: what still moves is more interesting than what is long over. */
  private recent<T>(from: readonly T[]): T {
    const newest = from.length - 1;
    return from[this.random.between(Math.max(0, newest - 200), newest)] as T;
  }

  private anyItems(): OrderLine[] {
    const line = (): OrderLine => ({ productId: this.random.pick(PLENTY).sku, quantity: this.random.between(1, 3) });
    const kind = this.random.between(1, 10);
    if (kind === 1) return [{ productId: 'NO-SUCH-PRODUCT', quantity: 1 }];
    if (kind <= 4) return [{ productId: HOT.sku, quantity: this.random.between(1, 3) }];
    if (kind === 5) return [line(), { productId: RARE.sku, quantity: 1 }];
    if (kind === 6) return [line(), line(), { productId: HOT.sku, quantity: 1 }];
    return [line()];
  }
}

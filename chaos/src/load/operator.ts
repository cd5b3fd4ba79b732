import { type SeededRandom } from '@holdfast/testing';
import { HOT } from './catalogue.js';
import { insist, type Patience } from './insist.js';
import { type ShopClient } from './shop-client.js';

/** Adjusts the stock of what is always about to run out, up and down. */
export class Operator {
  private adjustments = 0;

  /** @param name begins the keys of its adjustments; unique in a run. */
  constructor(
    private readonly name: string,
    private readonly random: SeededRandom,
    private readonly shop: Pick<ShopClient, 'adjust'>,
    private readonly patience: Patience,
  ) {}

  async act(): Promise<void> {
    const key = `${this.name}-${this.adjustments}`;
    this.adjustments += 1;
    const delta = this.random.between(-5, 10) || 1;
    // Fewer than none is refused, which is as good an answer.
    await insist(`adjustment ${key}`, [201, 409], this.patience, () => this.shop.adjust(HOT.sku, key, delta));
  }
}

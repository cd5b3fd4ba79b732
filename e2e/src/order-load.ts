import { type OrderView } from '@holdfast/contracts';
import { type SeededRandom, waitUntil } from '@holdfast/testing';
import { type ApiClient, type OrderRequest } from './api-client.js';
import { LAMP, MUG, RARE } from './catalogue.js';
import { placeUntilAccepted } from './persistent-buyer.js';

/** What a buyer asked for, and the orders that the answers named. */
export interface Purchase {
  key: string;
  request: OrderRequest;
  /** One per 201. */
  answers: OrderView[];
}

const BUYERS = 12;

// A fault lasts up to half a minute; the load goes on for as long again before it is called stuck.
const NEXT_ORDER_MS = 120_000;

/** Closed-loop load: a few buyers, each of whom places the next order when the last one is accepted. */
export class OrderLoad {
  readonly purchases: Purchase[] = [];
  private readonly buyers: Promise<void>[];
  private readonly abandoned = new AbortController();
  private accepted = 0;
  private repeated = 0;
  private stopping = false;
  private failure: unknown;

  /** @param name makes the idempotency keys of this load, so that no other load of the system may have it. */
  constructor(
    private readonly name: string,
    private readonly api: ApiClient,
    private readonly random: SeededRandom,
  ) {
    this.buyers = Array.from({ length: BUYERS }, () => this.buy());
  }

  /** Resolves when so many more orders are accepted. */
  async goesOn(orders: number): Promise<void> {
    const enough = this.accepted + orders;
    const reached = () => this.failure !== undefined || this.accepted >= enough;
    await waitUntil(`${orders} more orders are accepted`, reached, { timeoutMs: NEXT_ORDER_MS });
    if (this.failure !== undefined) throw this.failure;
  }

  /** Ends when every buyer has the answer that it waits for. @throws what any of them met that it should not have. */
  async stop(): Promise<Purchase[]> {
    this.stopping = true;
    await Promise.all(this.buyers);
    if (this.failure !== undefined) throw this.failure;
    return this.purchases;
  }

  /** Ends without waiting for any answer: what a test that failed leaves behind. */
  abandon(): void {
    this.abandoned.abort();
  }

  /** Requests that had to be sent again. */
  get repeats(): number {
    return this.repeated;
  }

  private async buy(): Promise<void> {
    while (!this.stopping && this.failure === undefined) {
      const purchase = { key: `${this.name}-${this.purchases.length}`, request: this.anyRequest(), answers: [] };
      const times = this.random.chance(0.1) ? 2 : 1;
      this.purchases.push(purchase);
      try {
        await this.place(purchase, times);
      } catch (error) {
        this.failure ??= error;
      }
    }
  }

  /** @param times 2 is an impatient buyer, who sends the same request twice at once. */
  private async place({ key, request, answers }: Purchase, times: number): Promise<void> {
    const placing = Array.from({ length: times }, () =>
      placeUntilAccepted(this.api, key, request, this.abandoned.signal),
    );
    for (const { order, attempts } of await Promise.all(placing)) {
      answers.push(order);
      this.repeated += attempts - 1;
    }
    this.accepted += 1;
  }

  private anyRequest(): OrderRequest {
    const line = () => ({ productId: this.random.pick([MUG.sku, LAMP.sku]), quantity: this.random.between(1, 3) });
    const kind = this.random.between(1, 10);
    if (kind === 1) return { productId: 'NO-SUCH-PRODUCT', quantity: 1 };
    if (kind === 2) return { productId: RARE.sku, quantity: this.random.between(1, 4) };
    if (kind === 3) return { items: [line(), { productId: RARE.sku, quantity: 1 }] };
    if (kind === 4) return { items: [line(), line(), line()] };
    return line();
  }
}

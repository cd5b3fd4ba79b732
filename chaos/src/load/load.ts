import { setTimeout as delay } from 'node:timers/promises';
import { type SeededRandom, waitUntil } from '@holdfast/testing';
import { type Sighting } from '../history/history.js';
import { HOT, PLENTY, RARE } from './catalogue.js';
import { type OrderLine, type Outcome, type ShopClient, UNKNOWN } from './shop-client.js';

/** What may be asked again, under its key: still running, too many at once, unavailable, no answer in time. */
const TRY_AGAIN: readonly number[] = [409, 429, 502, 503, 504];

/** The first request with this key has no answer yet. */
const IN_USE = 'IDEMPOTENCY_KEY_IN_USE';

/** A request that the API must never refuse was refused, or one was not accepted for minutes. */
export class LoadFailure extends Error {
  override readonly name = 'LoadFailure';
}

export interface LoadOptions {
  buyers: number;
  /** Pause of a buyer between two requests. */
  thinkMs: number;
  /** Pause between two attempts of one request; less than `Retry-After` says, so that faults meet more requests. */
  retryMs: number;
  /** After so long without an answer a request counts as lost for ever. */
  patienceMs: number;
}

// Ten buyers who think for 15 ms place some hundred orders a second: enough for something to be under way at any moment,
// and little enough for two cores to go on with a dozen processes beside it.
const DEFAULTS: LoadOptions = { buyers: 10, thinkMs: 15, retryMs: 100, patienceMs: 180_000 };

/**
 * Closed-loop load: buyers order, look, repeat themselves and cancel, and an operator restocks, until they are stopped.
 * All that they choose comes from the seed.
 */
export class Load {
  /** Orders that were accepted. */
  accepted = 0;
  private readonly options: LoadOptions;
  private readonly known: string[] = [];
  private readonly keys: { key: string; items: OrderLine[] }[] = [];
  private readonly random: SeededRandom;
  private actors: Promise<void>[] = [];
  private stopping = false;
  private failure: unknown;

  constructor(
    private readonly shop: ShopClient,
    private readonly operator: ShopClient,
    random: SeededRandom,
    options: Partial<LoadOptions> = {},
  ) {
    this.random = random.fork();
    this.options = { ...DEFAULTS, ...options };
  }

  start(): void {
    this.stopping = false;
    this.actors = Array.from({ length: this.options.buyers }, (_, buyer) => this.repeatedly(() => this.buy(buyer)));
    this.actors.push(this.repeatedly(() => this.restock()));
  }

  /** Resolves when so many more orders are accepted. @throws what the load met that it should not have. */
  async goesOn(orders: number, timeoutMs = this.options.patienceMs): Promise<void> {
    const enough = this.accepted + orders;
    const reached = () => this.failure !== undefined || this.accepted >= enough;
    await waitUntil(`${orders} more orders are accepted`, reached, { timeoutMs });
    this.throwFailure();
  }

  /** Ends when everybody has the answers that they wait for. */
  async pause(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.actors);
    this.throwFailure();
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  private async repeatedly(act: () => Promise<void>): Promise<void> {
    while (!this.stopping && this.failure === undefined) {
      try {
        await act();
      } catch (error) {
        this.failure ??= error;
      }
      await delay(this.options.thinkMs);
    }
  }

  private async buy(buyer: number): Promise<void> {
    const dice = this.random.between(1, 20);
    if (dice <= 3 && this.known.length > 0) return this.look();
    if (dice === 4 && this.known.length > 0) return this.cancel(this.pickRecent(this.known));
    if (dice === 5 && this.keys.length > 0) return this.repeat();
    const purchase = { key: `buyer-${buyer}-${this.keys.length}`, items: this.anyItems() };
    this.keys.push(purchase);
    // An impatient buyer sends the same request twice at once.
    const placing = Array.from({ length: dice === 6 ? 2 : 1 }, () => this.place(purchase));
    const [order] = await Promise.all(placing);
    this.accepted += 1;
    // Regretted at once: the cancellation and the news of the stock are under way at the same time.
    if (dice === 7 && order) await this.cancel(order.id);
  }

  private async place({ key, items }: { key: string; items: OrderLine[] }): Promise<Sighting | undefined> {
    const { order } = await this.insist(`order ${key}`, [201], () => this.shop.place(key, items));
    if (order) this.known.push(order.id);
    return order;
  }

  /** A client that has forgotten that it has ordered. */
  private async repeat(): Promise<void> {
    await this.place(this.pickRecent(this.keys));
  }

  private async look(): Promise<void> {
    const id = this.pickRecent(this.known);
    await this.insist(`reading ${id}`, [200], () => this.shop.read(id));
  }

  /** One that was rejected cannot be cancelled, and the buyer has not looked before. */
  private async cancel(id: string): Promise<void> {
    const outcome = await this.shop.cancel(id);
    if (outcome === UNKNOWN || [200, ...TRY_AGAIN].includes(outcome.status)) return;
    throw new LoadFailure(`cancelling ${id}: ${outcome.status} ${outcome.code ?? ''}`);
  }

  private async restock(): Promise<void> {
    const key = `restock-${this.random.between(0, 2 ** 31)}`;
    const delta = this.random.between(-5, 10) || 1;
    // Fewer than none is refused, which is as good an answer.
    await this.insist(`adjustment ${key}`, [201, 409], () => this.operator.adjust(HOT.sku, key, delta));
    await delay(this.options.thinkMs * 5);
  }

  /** Sends a request again until it has one of these answers. */
  private async insist(what: string, wanted: readonly number[], ask: () => Promise<Outcome>) {
    const deadline = performance.now() + this.options.patienceMs;
    for (;;) {
      const outcome = await ask();
      if (outcome !== UNKNOWN && wanted.includes(outcome.status) && outcome.code !== IN_USE) return outcome;
      const said = outcome === UNKNOWN ? 'no answer' : `${outcome.status} ${outcome.code ?? ''}`;
      if (outcome !== UNKNOWN && !TRY_AGAIN.includes(outcome.status)) throw new LoadFailure(`${what}: ${said}`);
      if (performance.now() > deadline) throw new LoadFailure(`${what}: not done in minutes; at last ${said}`);
      await delay(this.options.retryMs);
    }
  }

  /** Of the last two hundred: what still moves is more interesting than what is long over. */
  private pickRecent<T>(from: readonly T[]): T {
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

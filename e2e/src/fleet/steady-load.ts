import { setTimeout as delay } from 'node:timers/promises';
import { type HoldfastClient } from '@holdfast/client';
import { newId } from '@holdfast/contracts';
import { waitUntil } from '@holdfast/testing';
import { type DescribedGateway, typedClient } from '../typed-client.js';

// Some 20 orders a second: enough that there is always one under way, and few enough to leave a small machine room for
// processes that start meanwhile.
const EVERY_MS = 50;

// Longer than any process takes to start on a busy machine.
const GOES_ON_MS = 120_000;

/** Orders at a steady pace, some of them looked at. */
export class SteadyLoad {
  /** Of the orders that were accepted, by their idempotency keys. */
  readonly accepted = new Map<string, string>();
  /** What went otherwise. */
  readonly failures: string[] = [];
  /** When they were accepted, by `performance.now()`. */
  private readonly acceptedAt: number[] = [];
  private readonly client: HoldfastClient;
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopped = new AbortController();
  private readonly pacing: Promise<void>;
  private count = 0;

  /**
   * @param skus what is ordered, in turns.
   * @param retries how often a client repeats a request under its key before it calls it a failure.
   */
  constructor(
    gateway: DescribedGateway,
    private readonly skus: readonly string[],
    retries: number,
  ) {
    this.client = typedClient(gateway, 'shop', { retries, attemptTimeoutMs: 90_000 });
    this.pacing = this.pace();
  }

  /** Resolves when so many more orders are accepted. */
  async goesOn(orders: number): Promise<void> {
    const enough = this.accepted.size + orders;
    await waitUntil(`${orders} more orders are accepted`, () => this.accepted.size >= enough, {
      timeoutMs: GOES_ON_MS,
    });
  }

  /** The longest time since `since`, a `performance.now()`, in which no order was accepted, in milliseconds. */
  longestPauseMs(since: number): number {
    const moments = [since, ...this.acceptedAt.filter((at) => at > since)];
    return moments.reduce((longest, at, index) => Math.max(longest, at - (moments[index - 1] ?? since)), 0);
  }

  /** Resolves when every order is answered. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.pacing;
    await Promise.all(this.underWay);
  }

  private async pace(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const placing = this.place().finally(() => this.underWay.delete(placing));
      this.underWay.add(placing);
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async place(): Promise<void> {
    this.count += 1;
    const key = `steady-${newId()}`;
    // Every fourth one waits for its decision, through whatever happens meanwhile.
    const header = { 'Idempotency-Key': key, ...(this.count % 4 === 0 && { Prefer: 'wait=10' }) };
    const isLookedAt = this.count % 3 === 0;
    const productId = this.skus[this.count % this.skus.length] ?? '';
    const body = { items: [{ productId, quantity: 1 + (this.count % 3) }] };
    try {
      const { data } = await this.client.post('/orders', { params: { header }, body });
      this.accepted.set(key, data.id);
      this.acceptedAt.push(performance.now());
      if (isLookedAt) await this.client.get('/orders/{id}', { params: { path: { id: data.id } } });
    } catch (error) {
      this.failures.push(`${error}, because of ${error instanceof Error && error.cause}`);
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { type SeededRandom, waitUntil } from '@holdfast/testing';
import { Buyer, type Known } from './buyer.js';
import { type Patience } from './insist.js';
import { Operator } from './operator.js';
import { type ShopClient } from './shop-client.js';
import { WebhookOwner } from './webhook-owner.js';

export interface LoadOptions extends Patience {
  buyers: number;
  /** Pause of a buyer between two requests. */
  thinkMs: number;
}

// Ten buyers who think for 15 ms place some hundred orders a second: enough for something to be under way at any moment,
// and little enough for two cores to go on with a dozen processes beside it.
const DEFAULTS: LoadOptions = { buyers: 10, thinkMs: 15, retryMs: 100, patienceMs: 180_000 };

/**
 * Of buyers of a system with several instances of everything: with three nodes of the broker an order costs several times
 * as much. Orders are accepted at once and reserved later: more than two cores can do would only make queues longer.
 */
export const THINK_OF_MANY_MS = 150;

/** Pauses of an operator, and of an owner of webhooks: often enough to be met by what ends a process. */
const OPERATOR_MS = 90;
const OWNER_MS = 180;

/**
 * Closed-loop load: buyers order, look, repeat themselves and cancel, an operator restocks, and an owner enables a webhook
 * that is disabled again and again, until they are stopped.
 */
export class Load {
  /** Orders that were accepted. */
  accepted = 0;
  private readonly options: LoadOptions;
  private actors: Promise<void>[] = [];
  private stopping = false;
  private failure: unknown;

  constructor(
    private readonly shop: Pick<ShopClient, 'place' | 'read' | 'cancel' | 'enable'>,
    private readonly operator: Pick<ShopClient, 'adjust'>,
    private readonly webhookId: string,
    options: Partial<LoadOptions> = {},
  ) {
    this.options = { ...DEFAULTS, ...options };
  }

  /** New buyers, who know of nothing that was before. @param random another seed each time: keys are named after it. */
  start(random: SeededRandom): void {
    const { buyers, thinkMs } = this.options;
    const known: Known = { orders: [], purchases: [], accepted: () => (this.accepted += 1) };
    this.stopping = false;
    this.actors = Array.from({ length: buyers }, (_, number) => {
      const name = `buyer-${random.seed}-${number}`;
      const buyer = new Buyer(name, random.fork(), this.shop, known, this.options);
      return this.repeatedly(thinkMs, () => buyer.act());
    });
    const operator = new Operator(`restock-${random.seed}`, random.fork(), this.operator, this.options);
    this.actors.push(this.repeatedly(OPERATOR_MS, () => operator.act()));
    const owner = new WebhookOwner(this.webhookId, this.shop);
    this.actors.push(this.repeatedly(OWNER_MS, () => owner.act()));
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

  private async repeatedly(pauseMs: number, act: () => Promise<void>): Promise<void> {
    while (!this.stopping && this.failure === undefined) {
      try {
        await act();
      } catch (error) {
        this.failure ??= error;
      }
      await delay(pauseMs);
    }
  }
}

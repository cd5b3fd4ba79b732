import { messagesIn, WebhookReceiver, waitUntil, withProbe } from '@holdfast/testing';
import { MUG, RARE } from '../catalogue.js';
import { OpenApiConformance } from '../openapi-conformance.js';
import { typedClient } from '../typed-client.js';
import { Fleet, type FleetOptions } from './fleet.js';
import { PublishedEvents } from './published-events.js';
import { SteadyLoad } from './steady-load.js';
import { Subscription } from './subscription.js';

const DEAD_LETTERS = ['orders_queue.dlq', 'products_queue.dlq', 'webhooks_queue.dlq'];

// A message that a killed process held comes again at once; one that met a fault waits for 5 s at most here. The rest is for
// a machine that has a cluster to run as well.
const SETTLED_MS = 120_000;

// Runs out under any load, so that orders are rejected as well as confirmed.
const SCARCE = { ...RARE, stock: 10 };
const ORDERED = [MUG.sku, MUG.sku, MUG.sku, MUG.sku, SCARCE.sku];

/** A fleet under load, and somebody who sees everything that it publishes and calls. */
export class FleetTrial {
  private readonly placed: string[] = [];
  private load: SteadyLoad | undefined;

  private constructor(
    readonly fleet: Fleet,
    readonly subscription: Subscription,
    readonly published: PublishedEvents,
    private readonly receiver: WebhookReceiver,
    private readonly conformance: OpenApiConformance,
  ) {}

  static async start(options?: FleetOptions): Promise<FleetTrial> {
    const fleet = await Fleet.start(options);
    const gatewayUrl = fleet.of('api-gateway')[0]?.url ?? '';
    const conformance = new OpenApiConformance();
    await conformance.load(gatewayUrl);
    const gateway = { gatewayUrl, conformance };
    for (const body of [MUG, SCARCE]) await typedClient(gateway, 'operator').post('/products', { body });
    const published = await PublishedEvents.keep(fleet.amqpUrl);
    const receiver = await WebhookReceiver.start();
    const subscription = await Subscription.to(gateway, receiver);
    return new FleetTrial(fleet, subscription, published, receiver, conformance);
  }

  /**
   * Lets faults happen under load. Afterwards every order was accepted, and {@link addsUp}.
   *
   * @param retries how often a client may have to repeat a request.
   */
  async underLoad(
    { gatewayUrl, retries }: { gatewayUrl: string; retries: number },
    faults: (load: SteadyLoad) => Promise<void>,
  ): Promise<void> {
    try {
      const load = new SteadyLoad({ gatewayUrl, conformance: this.conformance }, ORDERED, retries);
      this.load = load;
      await load.goesOn(10);
      await faults(load);
      await load.goesOn(10);
      await load.stop();
      expect(load.failures).toEqual([]);
      this.placed.push(...load.accepted.values());
      await this.addsUp();
    } catch (error) {
      if (error instanceof Error) error.message += `\n\n${this.fleet.warnings()}`;
      throw error;
    }
  }

  /** Places orders beside the load, which are accepted whether or not anybody reserves their stock. */
  async place(orders: number): Promise<void> {
    const gatewayUrl = this.fleet.of('api-gateway')[0]?.url ?? '';
    const shop = typedClient({ gatewayUrl, conformance: this.conformance }, 'shop');
    for (let order = 0; order < orders; order += 1) {
      const { data } = await shop.post('/orders', { body: { productId: MUG.sku, quantity: 1 } });
      this.placed.push(data.id);
    }
  }

  /** Resolves when every order is decided, and everything of it is published and called. */
  private async settled(): Promise<void> {
    const { fleet, placed } = this;
    const nothingIsLeft = async () => {
      const orders = await fleet.books.orders();
      const pending = orders.filter(({ status }) => status === 'PENDING').length;
      const unpublished = (await this.logs()).reduce(
        (sum, log) => sum + log.length - this.published.inOrder(log).length,
        0,
      );
      const left = { pending, unpublished, untold: this.subscription.waitingFor(placed) };
      if (Object.values(left).some((count) => count > 0)) throw new Error(`still there: ${JSON.stringify(left)}`);
      return true;
    };
    await waitUntil('nothing is under way any more', nothingIsLeft, { timeoutMs: SETTLED_MS });
  }

  /** Messages that are ready in a queue. */
  depth(queue: string): Promise<number> {
    return withProbe(this.fleet.amqpUrl, (probe) => probe.depth(queue));
  }

  /** The event logs of both services with rules of their own: the ids that go to the exchange, in order. */
  private logs(): Promise<string[][]> {
    const { books } = this.fleet;
    return Promise.all([books.eventIds('orders'), books.eventIds('products')]);
  }

  /** How often an event was published at most. */
  async publishedAtMost(): Promise<number> {
    return Math.max(...(await this.logs()).map((log) => this.published.mostOften(log)));
  }

  async close(): Promise<void> {
    await this.load?.stop();
    await this.fleet.close();
    await this.receiver.close();
  }

  /**
   * Every order that was placed exists once and is confirmed, or rejected for want of stock, the stock is what was not
   * sold, its subscriber was told everything in order, every event was published in the order of its log, and no message
   * was given up.
   */
  async addsUp(): Promise<void> {
    await this.published.during(() => this.settled());
    const { books } = this.fleet;
    const orders = await books.orders();
    expect(orders.map(({ id }) => id)).toEqual(this.placed.toSorted());
    const unsold = orders.filter(({ status }) => status !== 'CONFIRMED');
    expect(unsold.filter(({ rejectionReason }) => rejectionReason !== 'OUT_OF_STOCK')).toEqual([]);
    const { confirmed, reserved } = await books.units();
    expect(reserved).toBe(confirmed);
    expect(await books.checkStock()).toMatchObject({ exitCode: 0 });
    expect(this.subscription.outOfOrder(this.placed)).toEqual([]);
    expect(this.receiver.forged).toEqual([]);
    for (const log of await this.logs()) expect(this.published.inOrder(log)).toEqual(log);
    expect(await messagesIn(this.fleet.amqpUrl, DEAD_LETTERS)).toEqual({});
  }
}

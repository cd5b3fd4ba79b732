import { Teardown } from '../processes/teardown.js';
import { DeliveryMeasurement, faultOf, measured, Run } from './delivery-measurement.js';
import { DeliverySetup } from './measure-baseline.js';
import { ProductSender, Subscription } from './product/product-sender.js';
import { Receiver } from './receiver/receiver.js';

/** A rate at which nothing waits for anything, for long enough that the slowest hundredth is 10 events. */
const LATENCY_RATE = 500;
const LATENCY_EVENTS = 1_000;

/** Measures the product both ways, in one process and one database. */
export async function measureProduct(setup: DeliverySetup, teardown: Teardown): Promise<DeliveryMeasurement[]> {
  const { deliveries, warmUp, endpoints, database } = setup;
  const receiver = await Receiver.start(endpoints, teardown, setup.dataDir);
  const product = await ProductSender.start(setup, teardown);
  const runs = new ProductRuns(product, receiver, await product.subscribe(receiver.urls));
  const metered = [product.publisher, product.source, receiver.process, ...product.servers];
  const about = { endpoints, database, deliveries };

  await runs.live(warmUp);
  await runs.store(deliveries);
  const stored = await measured({ ...about, figure: 'stored' }, metered, () => runs.sendStored(deliveries));
  const live = await measured({ ...about, figure: 'live' }, metered, () => runs.live(deliveries));
  const slow = await runs.live(LATENCY_EVENTS, LATENCY_RATE);
  const { p50Ms, p99Ms } = await receiver.report();
  return [stored, slow.fault === undefined ? { ...live, latency: { perSecond: LATENCY_RATE, p50Ms, p99Ms } } : live];
}

/** Runs one after the other, with everything recorded of all of them. */
class ProductRuns {
  #recorded = 0;

  constructor(
    private readonly product: ProductSender,
    private readonly receiver: Receiver,
    private readonly subscriptions: readonly Subscription[],
  ) {}

  /** From the first publish until the last attempt is recorded. */
  async live(events: number, perSecond?: number): Promise<Run> {
    await this.receiver.expect(events, this.subscriptions);
    const order = perSecond === undefined ? { events } : { events, perSecond };
    return this.#finished(events, async () => (await this.product.publish(order, this.subscriptions)).startedAt);
  }

  /** Has deliveries stored for subscriptions that are disabled. */
  async store(events: number): Promise<void> {
    await this.receiver.expect(events, this.subscriptions);
    await this.product.each('webhooks.disable', this.subscriptions);
    await this.product.publish({ events }, this.subscriptions);
    await this.product.book.prepared(this.#recorded + events);
  }

  /** From the command that enables the subscriptions until the last attempt is recorded. */
  async sendStored(events: number): Promise<Run> {
    return this.#finished(events, async () => {
      const startedAt = Date.now();
      await this.product.each('webhooks.enable', this.subscriptions);
      return startedAt;
    });
  }

  async #finished(events: number, start: () => Promise<number>): Promise<Run> {
    const run = async (): Promise<Run> => {
      const startedAt = await start();
      await this.receiver.complete();
      this.#recorded += events;
      const finishedAt = await this.product.book.recorded(this.#recorded);
      const fault = faultOf(await this.receiver.report(), events) ?? (await this.product.book.fault(this.#recorded));
      return { startedAt, finishedAt, fault };
    };
    return Promise.race([run(), this.product.publisher.failed]);
  }
}

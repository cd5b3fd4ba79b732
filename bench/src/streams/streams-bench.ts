import { mkdirSync } from 'node:fs';
import { machineCpu, otherCpuPercent } from '../meters/machine-usage.js';
import { byName, cpuSeconds, difference, MeteredProcess, sum } from '../meters/process-usage.js';
import { Teardown } from '../processes/teardown.js';
import { type ProductSystem, startProductSystem } from '../systems/product-system.js';
import { startServers } from '../systems/servers.js';
import { GatewayMeter } from './gateway-meter.js';
import { SteadyOrders } from './steady-orders.js';
import { StreamCrowd } from './stream-crowd.js';
import { StreamsPhase } from './streams-measurement.js';

/** A fraction of what the system takes, so that it is the time of an order that is measured and not that of a queue. */
export const ORDERS_PER_SECOND = 200;

/** 1,600 orders: the slowest hundredth of them is 16. */
const PHASE_S = 8;
const WARM_UP_S = 5;

/** Requests under way while the followed orders are placed and cancelled. */
const AT_ONCE = 20;

const SKUS = Array.from({ length: 50 }, (_, index) => `bench-${index + 1}`);
const STOCK_PER_SKU = 1_000_000;

/** A system of its own with a steady load and a crowd of clients that hold streams open. */
export class StreamsBench {
  readonly #gateway: GatewayMeter;

  private constructor(
    private readonly system: ProductSystem,
    private readonly load: SteadyOrders,
    private readonly crowd: StreamCrowd,
    private readonly servers: readonly MeteredProcess[],
  ) {
    this.#gateway = new GatewayMeter(system);
  }

  /** Starts everything; all of it is stopped through `teardown`. */
  static async start(streams: number, dataDir: string, teardown: Teardown): Promise<StreamsBench> {
    mkdirSync(dataDir, { recursive: true });
    const { amqpUrl, redisUrl, metered } = await startServers({ dataDir, database: 'sqlite', brokers: 1 }, teardown);
    const limits = { SSE_MAX_STREAMS: String(streams), SSE_MAX_STREAMS_PER_CLIENT: String(streams) };
    const setup = { amqpUrl, redisUrl, dataDir, skus: SKUS, stockPerSku: STOCK_PER_SKU, env: limits };
    const system = await startProductSystem(setup, teardown);
    const load = await SteadyOrders.start(teardown, dataDir);
    const crowd = await StreamCrowd.start(system, teardown, dataDir);
    return new StreamsBench(system, load, crowd, metered);
  }

  /** Each rejects when a process ends before its time. */
  get ends(): Promise<never>[] {
    return this.#processes().map(({ failed }) => failed);
  }

  /** Compiles the hot code and fills the caches; resolves to the ids of the orders that streams are to follow. */
  async prepare(streams: number): Promise<string[]> {
    await this.load.run({ perSecond: ORDERS_PER_SECOND, seconds: WARM_UP_S }, this.system.target);
    const place = async (index: number): Promise<string> => {
      const productId = String(SKUS[index % SKUS.length]);
      return (await this.system.client.post('/orders', { body: { productId, quantity: 1 } })).data.id;
    };
    return inTurns(
      Array.from({ length: streams }, (_, index) => index),
      place,
    );
  }

  /** Orders at the steady rate, beside the streams that are open. */
  async phase(): Promise<StreamsPhase> {
    const open = await this.#gateway.openStreams();
    const machineBefore = machineCpu();
    const allBefore = this.#cpuSeconds();
    const gatewayBefore = this.#gateway.cpuSeconds();
    const result = await this.load.run({ perSecond: ORDERS_PER_SECOND, seconds: PHASE_S }, this.system.target);
    const gatewayCpu = this.#gateway.cpuSeconds() - gatewayBefore;
    const ours = sum(difference(this.#cpuSeconds(), allBefore));
    return {
      ...result,
      open: Math.min(open, await this.#gateway.openStreams()),
      gatewayCpuPercent: (100 * gatewayCpu) / PHASE_S,
      gatewayMiB: this.#gateway.residentMiB(),
      gatewayHandles: this.#gateway.handles(),
      otherCpuPercent: otherCpuPercent(machineBefore, machineCpu(), ours),
    };
  }

  /** Opens a stream on each order; resolves to the CPU time of the gateway for one, in milliseconds. */
  async open(orderIds: readonly string[]): Promise<number> {
    const before = this.#gateway.cpuSeconds();
    await this.crowd.follow(orderIds);
    return ((this.#gateway.cpuSeconds() - before) * 1000) / orderIds.length;
  }

  /** Has every client go away at once; resolves to how long the gateway took to notice, in milliseconds. */
  async leave(): Promise<number> {
    await this.crowd.leave();
    return this.#gateway.untilOpen(0);
  }

  /** Cancels the orders; resolves to how many streams told of it and were ended. */
  async closeOrders(orderIds: readonly string[]): Promise<number> {
    const cancel = (id: string) => this.system.client.post('/orders/{id}/cancel', { params: { path: { id } } });
    await inTurns(orderIds, cancel);
    const told = await this.crowd.toldOfTheEnd(orderIds.length);
    await this.#gateway.untilOpen(0);
    return told;
  }

  #processes() {
    return [...this.system.processes, this.load.process, this.crowd.process];
  }

  #cpuSeconds(): Record<string, number> {
    return byName([...this.#processes(), ...this.servers], cpuSeconds);
  }
}

/** Does something with each item, with so many under way at a time. */
async function inTurns<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))));
  }
  return results;
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RabbitmqServer, RedisServer, startRabbitmq, startRedis } from '@holdfast/local-servers';
import { Load, LoadResult } from './load/load.js';
import { LoadGenerator } from './load/load-generator.js';
import { Measurement } from './measurement.js';
import { publishedMessages } from './meters/broker-messages.js';
import { machineCpu, otherCpuPercent } from './meters/machine-usage.js';
import { OrderBook } from './meters/order-book.js';
import { byName, cpuSeconds, difference, MeteredProcess, residentMiB, scaled, sum } from './meters/process-usage.js';
import { Teardown } from './processes/teardown.js';
import { startBareSystem } from './systems/bare-system.js';
import { startProductSystem } from './systems/product-system.js';
import { RunningSystem, SystemName } from './systems/system.js';

/** Enough products that no buyer waits for another's row, enough units that none sells out. */
const SKUS = Array.from({ length: 50 }, (_, index) => `bench-${index + 1}`);
const STOCK_PER_SKU = 1_000_000;

export interface BenchSetup {
  system: SystemName;
  /** Made, and used for everything: broker, Redis, databases, logs. */
  dataDir: string;
}

/** A system with servers of its own, so that no measurement inherits anything from the one before. */
export class Bench {
  #accepted = 0;

  private constructor(
    private readonly setup: BenchSetup,
    private readonly broker: RabbitmqServer,
    private readonly running: RunningSystem,
    private readonly load: LoadGenerator,
    private readonly orders: OrderBook,
    private readonly metered: readonly MeteredProcess[],
  ) {}

  /** Starts everything; all of it is stopped through `teardown`. */
  static async start(setup: BenchSetup, teardown: Teardown): Promise<Bench> {
    const { dataDir, system } = setup;
    mkdirSync(dataDir, { recursive: true });
    const broker = await startRabbitmq({ dataDir: join(dataDir, 'rabbitmq') });
    teardown.defer('RabbitMQ', () => broker.stop());
    const redis: RedisServer = await startRedis({ dataDir: join(dataDir, 'redis') });
    teardown.defer('Redis', () => redis.stop());

    const systemSetup = { amqpUrl: broker.url, redisUrl: redis.url, dataDir, skus: SKUS, stockPerSku: STOCK_PER_SKU };
    const running =
      system === 'product'
        ? await startProductSystem(systemSetup, teardown)
        : await startBareSystem(systemSetup, { allEvents: system === 'bare-events' }, teardown);
    const orders = new OrderBook(running);
    teardown.defer('the order book', () => orders.close());
    const load = await LoadGenerator.start(teardown, dataDir);
    const servers = [
      { name: 'rabbitmq', pid: broker.pid },
      { name: 'redis', pid: redis.pid },
    ];
    return new Bench(setup, broker, running, load, orders, [...running.processes, ...servers, load.process]);
  }

  /** Load whose figures are thrown away: it compiles the hot code and fills the caches. */
  async warmUp(load: Load): Promise<void> {
    await this.#run(load);
  }

  /** Runs the load, waits until every order is final, and holds the outcome against the databases. */
  async measure(load: Load): Promise<Measurement> {
    const machineBefore = machineCpu();
    const cpuBefore = byName(this.metered, cpuSeconds);
    const { result, settledAt } = await this.#run(load);
    const cpu = difference(byName(this.metered, cpuSeconds), cpuBefore);
    const { accepted, p50Ms, p99Ms, startedAt, finishedAt } = result;
    return {
      system: this.setup.system,
      connections: load.connections,
      accepted,
      acceptedPerSecond: (accepted * 1000) / (finishedAt - startedAt),
      confirmedPerSecond: (accepted * 1000) / (settledAt - startedAt),
      p50Ms,
      p99Ms,
      cpuSecondsPer1000: scaled(cpu, 1000 / accepted),
      residentMiB: byName(this.metered, residentMiB),
      otherCpuPercent: otherCpuPercent(machineBefore, machineCpu(), sum(cpu)),
    };
  }

  /** Takes some seconds: the broker counts with a delay. */
  async brokerMessagesPerOrder(): Promise<number> {
    return (await publishedMessages(this.broker)) / this.#accepted;
  }

  async #run(load: Load): Promise<{ result: LoadResult; settledAt: number }> {
    const run = async () => {
      const result = await this.load.run(load, this.running.target);
      requireAllAccepted(result);
      return { result, settledAt: await this.orders.settled() };
    };
    const outcome = await Promise.race([run(), ...this.running.processes.map(({ failed }) => failed)]);
    this.#accepted += outcome.result.accepted;
    this.orders.verify(this.#accepted);
    return outcome;
  }
}

/** Refused requests would make the rest look fast, and unanswered ones may be orders that nobody counted. */
function requireAllAccepted({ failures }: LoadResult): void {
  const kinds = Object.entries(failures);
  if (kinds.length === 0) return;
  throw new Error(`Requests failed: ${kinds.map(([kind, count]) => `${count} x ${kind}`).join(', ')}.`);
}

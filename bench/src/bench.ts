import { mkdirSync } from 'node:fs';
import { type ManagementAccess } from '@holdfast/local-servers';
import { Load, LoadResult } from './load/load.js';
import { LoadGenerator } from './load/load-generator.js';
import { Measurement } from './measurement.js';
import { brokerTraffic } from './meters/broker-traffic.js';
import { costPerOrder, Metered, readCosts } from './meters/cost-meter.js';
import { machineCpu, otherCpuPercent } from './meters/machine-usage.js';
import { OrderBook } from './meters/order-book.js';
import { byName, cpuSeconds, difference, MeteredProcess, memoryByName, scaled, sum } from './meters/process-usage.js';
import { Teardown } from './processes/teardown.js';
import { startBareSystem } from './systems/bare-system.js';
import { startProductSystem } from './systems/product-system.js';
import { Servers, startServers } from './systems/servers.js';
import { Subject } from './systems/subject.js';
import { RunningSystem } from './systems/system.js';

/** Enough products that no buyer waits for another's row. */
const SKUS = Array.from({ length: 50 }, (_, index) => `bench-${index + 1}`);

/** Enough units that none sells out, though all orders want one product. */
const STOCK_PER_SKU = 10_000_000;

export interface BenchSetup {
  subject: Subject;
  /** Made, and used for everything: broker, Redis, databases, logs. */
  dataDir: string;
}

/** A system with servers of its own, so that no measurement inherits anything from the one before. */
export class Bench {
  #accepted = 0;

  private constructor(
    private readonly subject: Subject,
    private readonly broker: ManagementAccess,
    private readonly load: LoadGenerator,
    private readonly metered: Metered,
    private readonly processes: readonly MeteredProcess[],
  ) {}

  /** Starts everything; all of it is stopped through `teardown`. */
  static async start({ subject, dataDir }: BenchSetup, teardown: Teardown): Promise<Bench> {
    mkdirSync(dataDir, { recursive: true });
    const servers = await startServers({ ...subject, dataDir }, teardown);
    const system = await startSystem({ subject, dataDir }, servers, teardown);
    const orders = await OrderBook.open(system);
    teardown.defer('the order book', () => orders.close());
    const load = await LoadGenerator.start(teardown, dataDir);
    const costs = { system, orders, postgres: servers.postgres, dataDir };
    const processes = [...system.processes, ...servers.metered, load.process];
    return new Bench(subject, servers.broker, load, costs, processes);
  }

  /** Load whose figures are thrown away: it compiles the hot code and fills the caches. */
  async warmUp(load: Load): Promise<void> {
    await this.#run(load);
  }

  /** Runs the load, waits until every order is final, and holds the outcome against the databases. */
  async measure(load: Load): Promise<Measurement> {
    const costsBefore = await readCosts(this.metered);
    const machineBefore = machineCpu();
    const cpuBefore = byName(this.processes, cpuSeconds);
    const { result, settledAt } = await this.#run(load);
    const cpu = difference(byName(this.processes, cpuSeconds), cpuBefore);
    const machine = machineCpu();
    const { accepted, p50Ms, p99Ms, startedAt, finishedAt } = result;
    return {
      subject: this.subject,
      connections: load.connections,
      accepted,
      acceptedPerSecond: (accepted * 1000) / (finishedAt - startedAt),
      confirmedPerSecond: (accepted * 1000) / (settledAt - startedAt),
      p50Ms,
      p99Ms,
      cpuSecondsPer1000: scaled(cpu, 1000 / accepted),
      residentMiB: memoryByName(this.processes),
      otherCpuPercent: otherCpuPercent(machineBefore, machine, sum(cpu)),
      ...costPerOrder(costsBefore, await readCosts(this.metered), accepted),
    };
  }

  /** Takes some seconds: the broker counts with a delay. */
  async brokerTrafficPerOrder(): Promise<Pick<Measurement, 'brokerMessagesPerOrder' | 'brokerKiBPerOrder'>> {
    const { messages, kiB } = await brokerTraffic(this.broker);
    return { brokerMessagesPerOrder: messages / this.#accepted, brokerKiBPerOrder: kiB / this.#accepted };
  }

  async #run(load: Load): Promise<{ result: LoadResult; settledAt: number }> {
    const { system, orders } = this.metered;
    const run = async () => {
      const result = await this.load.run(load, targetOf(system, this.subject));
      requireAllAccepted(result);
      return { result, settledAt: await orders.settled() };
    };
    const outcome = await Promise.race([run(), ...system.processes.map(({ failed }) => failed)]);
    this.#accepted += outcome.result.accepted;
    await orders.verify(this.#accepted);
    return outcome;
  }
}

function startSystem({ subject, dataDir }: BenchSetup, servers: Servers, teardown: Teardown): Promise<RunningSystem> {
  const { system, instances, gateways } = subject;
  const { amqpUrl, redisUrl, postgres } = servers;
  const setup = { amqpUrl, redisUrl, dataDir, skus: SKUS, stockPerSku: STOCK_PER_SKU };
  return system === 'product'
    ? startProductSystem({ ...setup, databaseUrls: postgres?.urls, instances, gateways }, teardown)
    : startBareSystem(setup, { allEvents: system === 'bare-events' }, teardown);
}

const targetOf = ({ target }: RunningSystem, { hot }: Subject) =>
  hot ? { ...target, skus: target.skus.slice(0, 1) } : target;

/** Refused requests would make the rest look fast, and unanswered ones may be orders that nobody counted. */
function requireAllAccepted({ failures }: LoadResult): void {
  const kinds = Object.entries(failures);
  if (kinds.length === 0) return;
  throw new Error(`Requests failed: ${kinds.map(([kind, count]) => `${count} x ${kind}`).join(', ')}.`);
}
